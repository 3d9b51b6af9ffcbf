package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.stream.Collectors;

/**
 * Why a job failed, for the one who asked for it.
 *
 * @param code a name to act upon, as in {@code training-diverged}
 * @param detail one sentence
 */
public record JobError(String code, String detail) {

    static final JobError WORKER_CRASHED = new JobError(
            "worker-crashed",
            "The process that ran the job died " + JobLife.MOST_DEATHS + " times without getting any further.");

    /** Of a job whose deadline has passed. */
    public static final JobError EXPIRED =
            new JobError("deadline-exceeded", "The deadline passed before the job had finished.");

    /** Tells what the caller can use, and nothing of the service's inside. */
    public static JobError of(Throwable thrown) {
        if (thrown instanceof ServiceException e) {
            return new JobError(e.code().slug(), sentence(e));
        }
        if (thrown instanceof InvalidValueException e) {
            return new JobError(ErrorCode.INVALID_REQUEST.slug(), String.valueOf(e.getMessage()));
        }
        if (thrown instanceof OutOfMemoryError) {
            return new JobError("out-of-memory", "The job needs more memory than the service has.");
        }
        return new JobError(ErrorCode.INTERNAL.slug(), ErrorCode.INTERNAL.title());
    }

    boolean isInternal() {
        return code.equals(ErrorCode.INTERNAL.slug());
    }

    private static String sentence(ServiceException e) {
        String problems = e.problems().stream().map(JobError::sentence).collect(Collectors.joining("; "));
        return problems.isEmpty() ? String.valueOf(e.getMessage()) : e.getMessage() + " " + problems;
    }

    private static String sentence(Problem problem) {
        return problem.pointer().isEmpty() ? problem.detail() : problem.pointer() + " " + problem.detail();
    }
}
