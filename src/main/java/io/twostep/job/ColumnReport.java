package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.job.ColumnLeftOut.Reason;
import io.twostep.model.ModelVersion;
import io.twostep.model.Models;
import io.twostep.training.Recipe;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Tells what jobs made of the columns of their datasets, from the models that came of them. */
public final class ColumnReport {

    private static final int MOST = 200;

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
                .map(dataset -> leftOut(dataset, submission.recipe()))
                .orElse(null);
        return new JobColumns(first(uses), more(uses), first(leftOut), more(leftOut));
    }

    private static <T> @Nullable List<T> first(@Nullable List<T> all) {
        return all == null ? null : all.stream().limit(MOST).toList();
    }

    private static @Nullable Integer more(@Nullable List<?> all) {
        return all == null ? null : Math.max(0, all.size() - MOST);
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
        return model.schema().features().features().stream()
                .map(ColumnUse::of)
                .sorted(ColumnUse.BY_NOTE)
                .toList();
    }

    private static List<ColumnLeftOut> leftOut(Dataset dataset, Recipe recipe) {
        Set<String> used = new HashSet<>(recipe.features());
        used.add(recipe.target());
        return dataset.columnNames().stream()
                .filter(name -> !used.contains(name))
                .map(name -> new ColumnLeftOut(name, reason(name, recipe)))
                .toList();
    }

    private static Reason reason(String name, Recipe recipe) {
        if (name.equals(recipe.sampleWeight())) {
            return Reason.SAMPLE_WEIGHT;
        }
        return recipe.split().by().names().contains(name) ? Reason.DIVIDES_THE_ROWS : Reason.NOT_ASKED_FOR;
    }
}
