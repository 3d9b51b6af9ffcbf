package io.twostep.job;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
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
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The places that jobs of one kind have in the queue: executions of one task, each named after its job. */
public final class JobTask {

    /** When it is the turn of jobs that are paused: their places stay, so that no place is ever there twice. */
    static final Instant PARKED = Instant.parse("9999-01-01T00:00:00Z");

    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(5);

    private JobTask() {}

    static TaskInstance<Void> of(JobKind<?, ?> kind, Job<?> job) {
        return descriptor(kind).instance(job.id()).priority(job.priority()).build();
    }

    /** The task of a kind, for the scheduler. */
    public static Task<Void> of(JobKind<?, ?> kind, JobRunner<?> runner) {
        return Tasks.custom(descriptor(kind))
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AFTER_AN_OUTAGE))
                .onDeadExecution((complete, operations) -> runner.workerLost(
                        lease(complete.getExecution()), afterwards -> move(afterwards, complete, operations)))
                .execute((instance, context) -> run(runner, context));
    }

    private static TaskDescriptor<Void> descriptor(JobKind<?, ?> kind) {
        return TaskDescriptor.of(kind.task());
    }

    private static CompletionHandler<Void> run(JobRunner<?> runner, ExecutionContext context) {
        Lease lease = lease(context.getExecution());
        runner.run(lease, context.getSchedulerState()::isShuttingDown);
        return (complete, operations) -> runner.settle(lease, afterwards -> move(afterwards, complete, operations));
    }

    private static Lease lease(Execution execution) {
        return new Lease(execution.getTaskName(), execution.getId(), execution.version);
    }

    /** Ends the transaction of the caller, since the library commits; so it comes last. */
    private static void move(Afterwards afterwards, ExecutionComplete complete, ExecutionOperations<Void> operations) {
        switch (afterwards) {
            case REMOVE -> operations.remove();
            case RETRY -> operations.reschedule(complete, complete.getExecution().executionTime); // keeps its place
            case PARK -> operations.reschedule(complete, PARKED);
        }
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
