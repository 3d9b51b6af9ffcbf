package io.twostep.search.web;

import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
import io.twostep.search.Budget;
import io.twostep.search.Leaderboard;
import io.twostep.search.Search;
import io.twostep.search.SearchMethod;
import io.twostep.search.SearchSubmission;
import io.twostep.search.Space;
import io.twostep.training.Metric;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A search on the wire.
 *
 * @param queuePosition 0 for the next in turn, null unless queued
 * @param job the training request that all trials share
 * @param trialCounts how many there are of each kind; null in lists
 * @param trials those that have begun, the best first; null in lists
 * @param model the name under which the best model is or will be published
 * @param publishingJob the training job that publishes it, once it is known
 */
record SearchView(
        String id,
        JobStatus status,
        @Nullable Long queuePosition,
        SearchMethod method,
        Space space,
        Budget budget,
        Metric metric,
        boolean refit,
        @Nullable TrialCounts trialCounts,
        @Nullable List<TrialView> trials,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<JobTransition> transitions,
        JsonNode job,
        String dataset,
        String datasetSha256,
        String model,
        @Nullable Integer modelVersion,
        @Nullable String publishingJob,
        Map<String, String> links) {

    static final String ROOT = "/api/v1/searches";

    /** Without its trials, for a list. */
    static SearchView brief(Search search, @Nullable Long queuePosition) {
        return of(search, queuePosition, null, null);
    }

    static SearchView full(Search search, @Nullable Long queuePosition, Leaderboard board) {
        return of(search, queuePosition, TrialCounts.of(search, board), TrialView.of(board));
    }

    private static SearchView of(
            Search search,
            @Nullable Long queuePosition,
            @Nullable TrialCounts counts,
            @Nullable List<TrialView> trials) {
        SearchSubmission submission = search.submission();
        return new SearchView(
                search.id(),
                search.status(),
                queuePosition,
                submission.method(),
                submission.space(),
                submission.budget(),
                submission.metric(),
                submission.refit(),
                counts,
                trials,
                search.error(),
                search.createdAt(),
                search.startedAt(),
                search.finishedAt(),
                search.transitions(),
                submission.job(),
                submission.datasetId(),
                submission.datasetSha256(),
                submission.model(),
                search.modelVersion(),
                search.publishingJob(),
                links(search));
    }

    /** The path of a search. */
    static String self(Search search) {
        return ROOT + "/" + search.id();
    }

    private static Map<String, String> links(Search search) {
        SearchSubmission submission = search.submission();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self(search));
        links.put("dataset", "/api/v1/datasets/" + submission.datasetId());
        if (!search.status().isFinished()) {
            links.put("cancel", self(search) + "/cancel");
        }
        if (search.publishingJob() != null) {
            links.put("publishing_job", "/api/v1/training-jobs/" + search.publishingJob());
        }
        if (search.modelVersion() != null) {
            links.put("model", "/api/v1/models/" + submission.model() + "/versions/" + search.modelVersion());
        }
        return links;
    }
}
