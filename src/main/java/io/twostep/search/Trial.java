package io.twostep.search;

import io.twostep.job.JobError;
import org.jspecify.annotations.Nullable;

/**
 * One training of a search, or what kept it from becoming one.
 *
 * @param rung 0 for the first
 * @param number of its settings, 0 for the first; the same in all rungs
 * @param epochs null leaves it to the job
 * @param jobId the training job, null if it could not become one
 * @param error why it could not, null if it did
 */
public record Trial(
        int rung,
        int number,
        @Nullable Integer epochs,
        Settings settings,
        @Nullable String jobId,
        @Nullable JobError error) {

    static Trial of(int rung, int number, @Nullable Integer epochs, Settings settings) {
        return new Trial(rung, number, epochs, settings, null, null);
    }

    Trial as(String job) {
        return new Trial(rung, number, epochs, settings, job, null);
    }

    Trial failed(JobError why) {
        return new Trial(rung, number, epochs, settings, null, why);
    }
}
