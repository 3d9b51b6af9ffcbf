package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.model.ModelVersion;
import io.twostep.model.Models;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what jobs made of the columns of their datasets, from the models that came of them. */
public final class ColumnReport {

    private final Function<String, Optional<Dataset>> datasets;
    private final Models models;

    /** @param datasets finds by id */
    ColumnReport(Function<String, Optional<Dataset>> datasets, Models models) {
        this.datasets = datasets;
        this.models = models;
    }

    /** What became of the columns; nothing until the job has finished, so that it costs nothing to look after it. */
    public JobColumns of(TrainingJob job) {
        if (!job.status().isFinished()) {
            return JobColumns.UNKNOWN;
        }
        JobSubmission submission = job.submission();
        List<ColumnUse> uses = uses(submission, job.ending());
        List<ColumnLeftOut> leftOut = datasets.apply(submission.datasetId())
                .map(dataset -> ColumnLeftOut.of(dataset, submission.recipe()))
                .orElse(null);
        return JobColumns.of(uses, leftOut);
    }

    private @Nullable List<ColumnUse> uses(JobSubmission submission, @Nullable JobEnding ending) {
        Integer version = ending == null ? null : ending.modelVersion();
        return version == null
                ? null
                : models.find(submission.modelName(), version)
                        .map(ColumnReport::uses)
                        .orElse(null);
    }

    private static List<ColumnUse> uses(ModelVersion model) {
        return ColumnUse.of(model.schema().features());
    }
}
