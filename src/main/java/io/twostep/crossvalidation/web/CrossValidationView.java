package io.twostep.crossvalidation.web;

import io.twostep.crossvalidation.CrossValidation;
import io.twostep.crossvalidation.Fold;
import io.twostep.crossvalidation.Summary;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.JobTransition;
import io.twostep.training.Recipe;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cross-validation on the wire.
 *
 * @param queuePosition 0 for the next in turn, null unless queued
 * @param folds how many there are
 * @param results those that have begun; null in lists
 * @param summary of the figures of those that are tested, by their names; null in lists
 * @param recipe of each fold, but for its split
 */
record CrossValidationView(
        String id,
        JobStatus status,
        @Nullable Long queuePosition,
        int folds,
        @Nullable List<FoldView> results,
        @Nullable Map<String, Summary> summary,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<JobTransition> transitions,
        String dataset,
        String datasetSha256,
        Recipe recipe,
        Map<String, String> links) {

    static final String ROOT = "/api/v1/cross-validations";

    /** Without its folds, for a list. */
    static CrossValidationView brief(CrossValidation validation, @Nullable Long queuePosition) {
        return of(validation, queuePosition, null, null);
    }

    static CrossValidationView full(CrossValidation validation, @Nullable Long queuePosition, List<Fold> folds) {
        return of(
                validation,
                queuePosition,
                folds.stream().map(FoldView::of).toList(),
                Summary.of(folds.stream()
                        .flatMap(fold -> Stream.ofNullable(fold.evaluation()))
                        .toList()));
    }

    private static CrossValidationView of(
            CrossValidation validation,
            @Nullable Long queuePosition,
            @Nullable List<FoldView> results,
            @Nullable Map<String, Summary> summary) {
        JobSubmission job = validation.submission().job();
        return new CrossValidationView(
                validation.id(),
                validation.status(),
                queuePosition,
                validation.submission().folds(),
                results,
                summary,
                validation.error(),
                validation.createdAt(),
                validation.startedAt(),
                validation.finishedAt(),
                validation.transitions(),
                job.datasetId(),
                job.datasetSha256(),
                job.recipe(),
                links(validation));
    }

    /** The path of a cross-validation. */
    static String self(CrossValidation validation) {
        return ROOT + "/" + validation.id();
    }

    private static Map<String, String> links(CrossValidation validation) {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self(validation));
        links.put("dataset", "/api/v1/datasets/" + validation.submission().job().datasetId());
        if (!validation.status().isFinished()) {
            links.put("cancel", self(validation) + "/cancel");
        }
        return links;
    }
}
