package io.twostep.job;

import io.twostep.training.Stop;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a finished job ended.
 *
 * @param stopReason what ended the training, as in {@code max_epochs}
 * @param stopDetail the numbers that brought it about, by name
 * @param error why it failed, null unless it did
 * @param modelVersion the version that was published, null unless it succeeded
 */
public record JobEnding(
        String stopReason,
        Map<String, Double> stopDetail,
        @Nullable JobError error,
        @Nullable Integer modelVersion) {

    public JobEnding {
        stopDetail = Map.copyOf(stopDetail);
    }

    static JobEnding success(Stop stop, int modelVersion) {
        return new JobEnding(stop.reason().wireName(), stop.numbers(), null, modelVersion);
    }

    /** @param stop null if no rule ended the training */
    static JobEnding failure(@Nullable Stop stop, JobError error) {
        return stop == null
                ? new JobEnding("error", Map.of(), error, null)
                : new JobEnding(stop.reason().wireName(), stop.numbers(), error, null);
    }

    static JobEnding cancellation() {
        return new JobEnding("cancelled", Map.of(), null, null);
    }
}
