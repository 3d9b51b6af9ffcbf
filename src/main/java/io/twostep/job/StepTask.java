package io.twostep.job;

import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;

/**
 * The places of jobs whose work is that of other jobs. Their turn comes again and again, each time for a moment, until they
 * are finished; a place stays as long, so that it survives whoever works.
 */
public final class StepTask {

    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(5);

    private StepTask() {}

    /**
     * The task of a kind, for the scheduler.
     *
     * @param step takes the job of an id a step further, as {@link JobDriver#step} does
     */
    public static Task<Void> of(JobKind<?, ?> kind, Function<String, Optional<Duration>> step) {
        TaskDescriptor<Void> descriptor = TaskDescriptor.of(kind.task());
        return Tasks.custom(descriptor)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_AN_OUTAGE))
                .onDeadExecution(new DeadExecutionHandler.ReviveDeadExecution<>())
                .execute((instance, context) -> {
                    Optional<Duration> pause = step.apply(instance.getId());
                    return (complete, operations) -> pause.ifPresentOrElse(
                            after -> operations.reschedule(
                                    complete, Instant.now().plus(after)),
                            operations::remove);
                });
    }
}
