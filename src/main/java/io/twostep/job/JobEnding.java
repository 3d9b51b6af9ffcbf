package io.twostep.job;

import io.twostep.model.Evaluations;
import io.twostep.training.Stop;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a finished job ended.
 *
 * @param stopReason what ended the training, as in {@code max_epochs}
 * @param stopDetail the numbers that brought it about, by name
 * @param error why it failed, null unless it did
 * @param modelVersion the version that was published, null unless one was
 * @param identical whether the version that was to be made again came out the same, null unless one was made again
 * @param evaluation how good the model of a part was, which nobody keeps otherwise; null for all other jobs
 */
public record JobEnding(
        String stopReason,
        Map<String, Double> stopDetail,
        @Nullable JobError error,
        @Nullable Integer modelVersion,
        @Nullable Boolean identical,
        @Nullable Evaluations evaluation) {

    public JobEnding {
        stopDetail = Map.copyOf(stopDetail);
    }

    /** Of a job that is no part. */
    public JobEnding(
            String stopReason,
            Map<String, Double> stopDetail,
            @Nullable JobError error,
            @Nullable Integer modelVersion,
            @Nullable Boolean identical) {
        this(stopReason, stopDetail, error, modelVersion, identical, null);
    }

    static JobEnding success(Stop stop, int modelVersion) {
        return new JobEnding(stop.reason().wireName(), stop.numbers(), null, modelVersion, null);
    }

    static JobEnding reproduction(Stop stop, boolean identical) {
        return new JobEnding(stop.reason().wireName(), stop.numbers(), null, null, identical);
    }

    static JobEnding part(Stop stop, Evaluations evaluation) {
        return new JobEnding(stop.reason().wireName(), stop.numbers(), null, null, null, evaluation);
    }

    /** @param stop null if no rule ended the training */
    static JobEnding failure(@Nullable Stop stop, JobError error) {
        return stop == null
                ? new JobEnding("error", Map.of(), error, null, null)
                : new JobEnding(stop.reason().wireName(), stop.numbers(), error, null, null);
    }

    static JobEnding expiry() {
        return new JobEnding("deadline", Map.of(), JobError.EXPIRED, null, null);
    }

    static JobEnding cancellation() {
        return new JobEnding("cancelled", Map.of(), null, null, null);
    }
}
