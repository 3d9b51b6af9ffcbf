package io.twostep.crossvalidation;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.SplitRule;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingDesk;
import io.twostep.training.SplitShares;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where requests for a cross-validation come in, and where cross-validations are given up. */
public final class CrossValidationDesk {

    private final TrainingDesk trainings;
    private final JobQueue<CrossValidationSubmission, CrossValidation> queue;
    private final CrossValidationDriver driver;

    CrossValidationDesk(
            TrainingDesk trainings,
            JobQueue<CrossValidationSubmission, CrossValidation> queue,
            CrossValidationDriver driver) {
        this.trainings = trainings;
        this.queue = queue;
        this.driver = driver;
    }

    /**
     * Accepts a cross-validation, with its datasets held so that nobody deletes them meanwhile. It has a place in the queue
     * from then to its end, on the caller's share; its folds are on nobody's.
     *
     * @param caller who asks
     * @param accepted is told of it in the transaction that stores it
     * @throws ServiceException with everything that is wrong with the request, or {@link ErrorCode#QUEUE_FULL}
     */
    public CrossValidation submit(CrossValidationRequest request, String caller, Consumer<CrossValidation> accepted) {
        JobSubmission planned = plan(request);
        requireFolds(planned);
        return queue.submit(new CrossValidationSubmission(request.folds(), planned), caller, validation -> {
            hold(planned);
            accepted.accept(validation);
        });
    }

    private JobSubmission plan(CrossValidationRequest request) {
        try {
            return trainings.plan(request.job());
        } catch (ServiceException e) {
            throw e.within("job");
        }
    }

    private void hold(JobSubmission planned) {
        try {
            trainings.hold(planned);
        } catch (ServiceException e) {
            throw e.within("job");
        }
    }

    private static void requireFolds(JobSubmission planned) {
        SplitShares split = planned.recipe().split();
        SplitRule by = split.by();
        boolean isDealt =
                by instanceof SplitRule.Random || by instanceof SplitRule.Stratified || by instanceof SplitRule.Group;
        List<Problem> problems = Stream.<@Nullable Problem>of(
                        isDealt
                                ? null
                                : new Problem(
                                        "/job/split/by",
                                        "must be random, stratified or group to be divided into folds"),
                        split.test() > 0
                                ? new Problem("/job/split/test", "must be 0, since each fold is for the test in turn")
                                : null,
                        split.testDataset() == null
                                ? null
                                : new Problem(
                                        "/job/split/test_dataset",
                                        "must not be given, since each fold is for the test in turn"),
                        split.validationDataset() == null
                                ? null
                                : new Problem(
                                        "/job/split/validation_dataset",
                                        "must not be given: rows of the other folds are watched"),
                        planned.warmStart() == null
                                ? null
                                : new Problem(
                                        "/job/warm_start",
                                        "must not be given: its weights may have learned the rows that are held out"))
                .filter(Objects::nonNull)
                .toList();
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_REQUEST, problems);
        }
    }

    /**
     * Cancels a cross-validation and all its jobs that have not finished. Asking again changes nothing.
     *
     * @return the cross-validation as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has succeeded or
     *     failed
     */
    public CrossValidation cancel(String id) {
        queue.cancel(id);
        driver.hurry(id);
        return queue.find(id);
    }
}
