package io.twostep.scoring.web;

import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.JobTransition;
import io.twostep.scoring.ScoringJob;
import io.twostep.scoring.ScoringSubmission;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A scoring job on the wire.
 *
 * @param queuePosition 0 for the next in turn, null unless queued
 * @param progress share of the rows that are done, 0 to 1
 * @param etaSeconds how long it still takes if it goes on at its pace, null unless it is scoring rows; the result is
 *     written after the last one
 * @param warnings how many there are of each kind
 * @param result the name of the dataset that is made, if one was asked for
 * @param resultDataset its id, once it is there
 */
record ScoringJobView(
        String id,
        JobStatus status,
        @Nullable Long queuePosition,
        int attempt,
        long rowsDone,
        long rows,
        double progress,
        @Nullable Double etaSeconds,
        Map<String, Long> warnings,
        @Nullable JobError error,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        List<JobTransition> transitions,
        String model,
        int modelVersion,
        String dataset,
        String datasetSha256,
        List<String> columns,
        String prefix,
        @Nullable String result,
        @Nullable String resultDataset,
        Map<String, String> links) {

    static final String ROOT = "/api/v1/scoring-jobs";

    private static final String DATASETS = "/api/v1/datasets/";

    /** @param queuePosition null unless it is queued */
    static ScoringJobView of(ScoringJob job, @Nullable Long queuePosition, Instant now) {
        ScoringSubmission submission = job.submission();
        long done = job.progress().rowsDone();
        return new ScoringJobView(
                job.id(),
                job.status(),
                queuePosition,
                job.attempt(),
                done,
                submission.rows(),
                (double) done / submission.rows(),
                eta(job, now),
                new TreeMap<>(job.progress().warnings()),
                job.error(),
                job.createdAt(),
                job.startedAt(),
                job.finishedAt(),
                job.transitions(),
                submission.model(),
                submission.modelVersion(),
                submission.datasetId(),
                submission.datasetSha256(),
                submission.columns(),
                submission.prefix(),
                submission.result(),
                job.resultId(),
                links(job));
    }

    /** The path of a job. */
    static String self(ScoringJob job) {
        return ROOT + "/" + job.id();
    }

    private static @Nullable Double eta(ScoringJob job, Instant now) {
        long done = job.progress().rowsDone();
        boolean scoring = job.status() == JobStatus.RUNNING
                && done > 0
                && done < job.submission().rows();
        if (!scoring || job.startedAt() == null) {
            return null;
        }
        double spent = Duration.between(job.startedAt(), now).toMillis() / 1000.0;
        return Math.max(0, spent / done * (job.submission().rows() - done));
    }

    private static Map<String, String> links(ScoringJob job) {
        ScoringSubmission submission = job.submission();
        Map<String, String> links = new LinkedHashMap<>();
        links.put("self", self(job));
        links.put("dataset", DATASETS + submission.datasetId());
        links.put("model", "/api/v1/models/" + submission.model() + "/versions/" + submission.modelVersion());
        if (!job.status().isFinished()) {
            links.put("cancel", self(job) + "/cancel");
        }
        if (job.resultId() != null) {
            links.put("result", DATASETS + job.resultId());
            links.put("content", DATASETS + job.resultId() + "/content");
        }
        return links;
    }
}
