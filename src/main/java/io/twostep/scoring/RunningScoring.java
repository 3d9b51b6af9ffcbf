package io.twostep.scoring;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetDraft;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.Derivation;
import io.twostep.dataset.DerivedDatasets;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.job.Conclusion;
import io.twostep.job.JobStatus;
import io.twostep.job.RunningJob;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.observability.Meters;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictor;
import io.twostep.prediction.Warnings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** From a table and a model to a table with predictions. */
final class RunningScoring extends RunningJob<ScoringJob> {

    private final ScoringJobs jobs;
    private final Datasets datasets;
    private final DerivedDatasets results;
    private final ModelRegistry models;
    private final Predictor predictor;
    private final ScoringRoom memory;
    private final Meters meters;
    private final Map<String, Long> warnings = new HashMap<>();
    private volatile ScoringProgress progress = ScoringProgress.NONE;

    RunningScoring(
            ScoringJob job,
            ScoringJobs jobs,
            Datasets datasets,
            DerivedDatasets results,
            ModelRegistry models,
            Predictor predictor,
            ScoringRoom memory,
            Meters meters,
            BooleanSupplier leaving) {
        super(job, leaving);
        this.jobs = jobs;
        this.datasets = datasets;
        this.results = results;
        this.models = models;
        this.predictor = predictor;
        this.memory = memory;
        this.meters = meters;
    }

    @Override
    protected Conclusion<ScoringJob> work() {
        ScoringSubmission submission = job().submission();
        Dataset dataset = datasets.find(submission.datasetId());
        ModelVersion model = models.find(submission.model(), submission.modelVersion());
        DerivedDatasets.Unpublished result = score(dataset, model);
        return (now, end) -> result.publish(
                submission.result(), derivation(), published -> end.test(job().succeeded(now.get(), published.id())));
    }

    @Override
    protected Optional<JobStatus> report() {
        return jobs.report(job().id(), job().attempt(), progress);
    }

    private DerivedDatasets.Unpublished score(Dataset dataset, ModelVersion model) {
        return memory.reserve(model, this::cancelled)
                .during(() ->
                        memory.reserveTables(this::cancelled).during(() -> score(dataset, predictor.alone(model))));
    }

    private DerivedDatasets.Unpublished score(Dataset dataset, LoadedModel model) {
        ScoringSubmission submission = job().submission();
        List<Column> columns = new ArrayList<>(KeptColumns.of(dataset, submission.columns()));
        columns.addAll(PredictionColumns.of(model.target(), submission.prefix()));
        try (OpenTable table = datasets.open(dataset);
                DatasetDraft draft = results.draft(columns)) {
            new TableScorer(model, dataset, submission.columns(), draft, (rows, seen) -> scored(rows, seen, model))
                    .score(table);
            flush();
            return results.finish(draft, this::stopIfCancelled);
        }
    }

    private void scored(int rows, Warnings seen, LoadedModel model) {
        seen.counts().forEach((kind, count) -> {
            warnings.merge(kind.label(), (long) count, Long::sum);
            meters.predictionWarnings(model.name(), model.version(), kind.label(), count);
        });
        meters.rowsScored(model.name(), model.version(), rows);
        progress = new ScoringProgress(progress.rowsDone() + rows, warnings);
        stopIfCancelled();
    }

    private void stopIfCancelled() {
        if (cancelled()) {
            throw new CancellationException("The scoring of " + job().id() + " stopped.");
        }
    }

    private Derivation derivation() {
        ScoringSubmission submission = job().submission();
        return new Derivation(
                submission.datasetId(),
                submission.datasetSha256(),
                submission.model(),
                submission.modelVersion(),
                job().id());
    }
}
