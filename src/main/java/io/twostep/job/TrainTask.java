package io.twostep.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskDescriptor;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import io.twostep.job.JobRunner.Afterwards;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A job's place in the queue: one execution of the task {@code train}, named after the job. */
final class TrainTask {

    private static final TaskDescriptor<Void> TRAIN = TaskDescriptor.of("train");
    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(5);

    private TrainTask() {}

    static TaskInstance<Void> of(String jobId) {
        return TRAIN.instance(jobId).build();
    }

    static Task<Void> runBy(JobRunner runner) {
        return Tasks.custom(TRAIN)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_AN_OUTAGE))
                .onDeadExecution(
                        (complete, operations) -> settle(runner.workerLost(jobId(complete)), complete, operations))
                .execute((instance, context) -> run(runner, instance, context));
    }

    private static CompletionHandler<Void> run(
            JobRunner runner, TaskInstance<Void> instance, ExecutionContext context) {
        Afterwards afterwards = runner.run(instance.getId(), context.getSchedulerState()::isShuttingDown);
        return (complete, operations) -> settle(afterwards, complete, operations);
    }

    private static void settle(
            Afterwards afterwards, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        switch (afterwards) {
            case REMOVE -> operations.remove();
            case RETRY -> operations.reschedule(complete, complete.getExecution().executionTime); // keeps its place
            case LEAVE -> {}
        }
    }

    private static String jobId(ExecutionComplete complete) {
        return complete.getExecution().getId();
    }

    /** An execution carries nothing but its name, so nothing is ever written to the queue or read back as an object. */
    static final class NoData implements Serializer {

        @Override
        @SuppressWarnings("NullAway") // the library has no annotations: null stands for no data
        public byte @Nullable [] serialize(@Nullable Object data) {
            if (data != null) {
                throw new IllegalArgumentException("An execution in this queue carries no data.");
            }
            return null;
        }

        @Override
        @SuppressWarnings("NullAway") // as above
        public <T> @Nullable T deserialize(Class<T> type, byte @Nullable [] bytes) {
            return null;
        }
    }
}
