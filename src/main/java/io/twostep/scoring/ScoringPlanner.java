package io.twostep.scoring;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.DerivedDatasets;
import io.twostep.dataset.RawTable.Column;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.job.Columns;
import io.twostep.job.Findings;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a job out of a request, or says everything about it that does not fit what is stored. */
final class ScoringPlanner {

    private final ModelRegistry models;
    private final Datasets datasets;
    private final DerivedDatasets results;
    private final ScoringRoom memory;

    ScoringPlanner(ModelRegistry models, Datasets datasets, DerivedDatasets results, ScoringRoom memory) {
        this.memory = memory;
        this.models = models;
        this.datasets = datasets;
        this.results = results;
    }

    /**
     * What to do, with all references resolved.
     *
     * @throws ServiceException with all problems: {@link ErrorCode#REFERENCE_NOT_FOUND},
     *     {@link ErrorCode#INCOMPATIBLE_DATASET} or {@link ErrorCode#INVALID_REQUEST}, whichever of these comes first;
     *     {@link ErrorCode#NAME_TAKEN}, {@link ErrorCode#JOB_TOO_LARGE}; or what {@link DerivedDatasets#check} throws
     */
    ScoringSubmission plan(ScoringRequest request) {
        Findings findings = new Findings();
        ModelVersion model = model(request, findings);
        Dataset dataset = datasets.lookUp(request.dataset()).orElse(null);
        if (dataset == null) {
            findings.reference("/dataset", "there is no dataset " + Excerpt.quoted(request.dataset()));
        }
        findings.throwIfAny();
        if (model == null || dataset == null) {
            throw new IllegalStateException("What is missing has not been found wanting.");
        }
        List<String> kept = request.columns() == null ? dataset.columnNames() : request.columns();
        String prefix = request.prefix() == null ? "" : request.prefix();
        List<Column> added = PredictionColumns.of(model.schema().target(), prefix);
        InputCheck.check(model, dataset, findings);
        checkKept(request, dataset, findings);
        checkNames(kept, added, findings);
        findings.throwIfAny();
        List<Column> columns = new ArrayList<>(KeptColumns.of(dataset, kept));
        columns.addAll(added);
        results.check(columns, dataset.rows());
        memory.requireFits(model);
        requireFreeName(request.result());
        return new ScoringSubmission(
                model.name(),
                model.version(),
                dataset.id(),
                dataset.sha256(),
                dataset.rows(),
                request.result(),
                kept,
                prefix);
    }

    /** Throws {@link ErrorCode#NAME_TAKEN} if there is a dataset of that name. */
    void requireFreeName(@Nullable String name) {
        if (name != null && datasets.lookUp(name).isPresent()) {
            throw new ServiceException(
                    ErrorCode.NAME_TAKEN, "There is a dataset " + Excerpt.quoted(name) + " already.");
        }
    }

    private @Nullable ModelVersion model(ScoringRequest request, Findings findings) {
        ModelVersion latest;
        try {
            latest = models.latest(request.model());
        } catch (ServiceException e) {
            findings.reference("/model", "there is no model " + Excerpt.quoted(request.model()));
            return null;
        }
        Integer version = request.version();
        if (version == null || version == latest.version()) {
            return latest;
        }
        try {
            return models.find(request.model(), version);
        } catch (ServiceException e) {
            findings.reference(
                    "/version",
                    "the model " + Excerpt.quoted(request.model()) + " has no version " + version
                            + "; its latest one is " + latest.version());
            return null;
        }
    }

    private static void checkKept(ScoringRequest request, Dataset dataset, Findings findings) {
        List<String> asked = request.columns();
        if (asked == null) {
            return;
        }
        new Columns(dataset).check("/columns", asked, findings);
        Set<String> named = new HashSet<>();
        for (int i = 0; i < asked.size(); i++) {
            if (!named.add(asked.get(i))) {
                findings.value("/columns/" + i, "names the column " + Excerpt.quoted(asked.get(i)) + " again");
                return;
            }
        }
    }

    private static void checkNames(List<String> kept, List<Column> added, Findings findings) {
        Set<String> present = new HashSet<>(kept);
        for (Column column : added) {
            if (present.contains(column.name())) {
                findings.column(
                        "/prefix",
                        "the dataset has a column " + Excerpt.quoted(column.name())
                                + " already: choose a prefix for the new ones, or leave it out of columns");
            }
        }
    }
}
