package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.training.SplitShares;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where requests for a training come in: planned, then queued. */
public final class TrainingDesk {

    private final TrainingPlanner planner;
    private final Reproduction reproduction;
    private final Consumer<JobSubmission> size;
    private final Predicate<String> locks;
    private final JobQueue<JobSubmission, TrainingJob> queue;

    /**
     * @param size throws for a job that needs more memory than there is
     * @param locks holds a dataset until the surrounding transaction ends, and says whether there is one of that id
     */
    TrainingDesk(
            TrainingPlanner planner,
            Reproduction reproduction,
            Consumer<JobSubmission> size,
            Predicate<String> locks,
            JobQueue<JobSubmission, TrainingJob> queue) {
        this.planner = planner;
        this.reproduction = reproduction;
        this.size = size;
        this.locks = locks;
        this.queue = queue;
    }

    /**
     * Accepts a job, with its datasets held so that nobody deletes them meanwhile.
     *
     * @param caller who asks
     * @param accepted is told of the job in the transaction that stores it
     * @throws ServiceException with everything that is wrong with the request, see {@link TrainingPlanner#plan},
     *     {@link ErrorCode#JOB_TOO_LARGE}, or {@link ErrorCode#QUEUE_FULL}
     */
    public TrainingJob submit(TrainingRequest request, String caller, Consumer<TrainingJob> accepted) {
        return queued(planner.plan(request), caller, accepted);
    }

    /**
     * Accepts a job that makes a model again and compares, with its datasets held likewise.
     *
     * @param caller who asks
     * @param accepted is told of the job in the transaction that stores it
     * @throws ServiceException if there is no such version, if its datasets have gone, or as {@link Reproduction#of} does;
     *     {@link ErrorCode#JOB_TOO_LARGE}, {@link ErrorCode#QUEUE_FULL}
     */
    public TrainingJob reproduce(String model, int version, String caller, Consumer<TrainingJob> accepted) {
        return queued(reproduction.of(model, version), caller, accepted);
    }

    /**
     * What would be done, if that is possible.
     *
     * @throws ServiceException with everything that is wrong with the request, or {@link ErrorCode#JOB_TOO_LARGE}
     */
    public JobSubmission plan(TrainingRequest request) {
        JobSubmission submission = planner.plan(request);
        size.accept(submission);
        return submission;
    }

    /**
     * Accepts what was planned as a part of another job, with its datasets held likewise.
     *
     * @param accepted is told of the job in the transaction that stores it
     * @throws ServiceException if its datasets have gone; {@link ErrorCode#BUSY}
     */
    public TrainingJob submit(JobSubmission planned, Consumer<TrainingJob> accepted) {
        return queue.submit(planned, holding(planned, accepted));
    }

    /**
     * Accepts a job that trains again what a part has trained, and publishes it.
     *
     * @param refit whether its rows for validation are to be learned from too; otherwise it comes to the same weights
     * @param deadline null if it may take its time
     * @param accepted is told of the job in the transaction that stores it
     * @throws ServiceException as {@link #submit(JobSubmission, Consumer)} does, or {@link ErrorCode#NOT_REPRODUCIBLE}
     */
    public TrainingJob publish(
            String partId, boolean refit, @Nullable Instant deadline, Consumer<TrainingJob> accepted) {
        return submit(reproduction.ofPart(queue.find(partId), refit, deadline), accepted);
    }

    /**
     * Holds the datasets of a job until the surrounding transaction ends.
     *
     * @throws ServiceException {@link ErrorCode#REFERENCE_NOT_FOUND}
     */
    public void hold(JobSubmission submission) {
        references(submission).forEach(this::hold);
    }

    private TrainingJob queued(JobSubmission submission, String caller, Consumer<TrainingJob> accepted) {
        size.accept(submission);
        return queue.submit(submission, caller, holding(submission, accepted));
    }

    private Consumer<TrainingJob> holding(JobSubmission submission, Consumer<TrainingJob> accepted) {
        return job -> {
            hold(submission);
            accepted.accept(job);
        };
    }

    /** A dataset that a request names. */
    private record Reference(String pointer, String datasetId) {}

    /** In the order of their ids, so that no two jobs wait for each other. */
    private static Stream<Reference> references(JobSubmission submission) {
        SplitShares split = submission.recipe().split();
        return Stream.of(
                        Optional.of(new Reference("/dataset", submission.datasetId())),
                        reference("/split/validation_dataset", split.validationDataset()),
                        reference("/split/test_dataset", split.testDataset()))
                .flatMap(Optional::stream)
                .sorted(Comparator.comparing(Reference::datasetId));
    }

    private static Optional<Reference> reference(String pointer, @Nullable String datasetId) {
        return Optional.ofNullable(datasetId).map(id -> new Reference(pointer, id));
    }

    private void hold(Reference reference) {
        if (!locks.test(reference.datasetId())) {
            throw new ServiceException(
                    ErrorCode.REFERENCE_NOT_FOUND,
                    List.of(new Problem(
                            reference.pointer(), "the dataset " + reference.datasetId() + " has been deleted")));
        }
    }
}
