package io.twostep.crossvalidation;

import io.twostep.job.JobDriver;
import io.twostep.job.JobError;
import io.twostep.job.JobMeters;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Begins the folds of cross-validations, few at a time. */
final class CrossValidationDriver extends JobDriver<CrossValidation> {

    private final CrossValidations validations;
    private final TrainingDesk desk;
    private final FoldBoard board;
    private final int ahead;

    /** @param ahead how many folds of a cross-validation may wait or run at the same time */
    CrossValidationDriver(
            CrossValidations validations,
            TrainingDesk desk,
            TrainingJobs jobs,
            JobQueue<JobSubmission, TrainingJob> queue,
            JobMeters<CrossValidation> meters,
            int ahead,
            InstantSource clock) {
        super(validations, jobs, queue, meters, clock);
        this.validations = validations;
        this.desk = desk;
        this.board = new FoldBoard(validations, jobs);
        this.ahead = ahead;
    }

    /** One fold that fails is enough: the mean of the others would be of other rows. */
    @Override
    protected boolean proceed(CrossValidation validation) {
        List<Fold> folds = board.of(validation);
        long unfinished =
                folds.stream().filter(fold -> !fold.job().status().isFinished()).count();
        JobError error = error(folds);
        if (error != null) {
            cancelParts(validation);
            return unfinished == 0 && fail(validation, error);
        }
        int next = folds.size() + 1;
        int last = validation.submission().folds();
        for (; next <= last && unfinished < ahead; next++, unfinished++) {
            begin(validation, next);
        }
        return unfinished == 0 && end(validation, validation.succeeded(now()));
    }

    private void begin(CrossValidation validation, int fold) {
        JobSubmission submission = validation.submission().of(fold);
        desk.submit(submission.partOf(validation.id(), submission.deadline()), job -> {
            if (!validations.add(validation.id(), fold, job.id())) {
                throw overtaken(validation);
            }
        });
    }

    /** Of the first fold that has one; those that were cancelled on its account come after it. */
    private static @Nullable JobError error(List<Fold> folds) {
        JobError cancelled = null;
        for (Fold fold : folds) {
            JobError error = fold.error();
            if (error != null) {
                JobError placed = new JobError(error.code(), "Fold " + fold.number() + ": " + error.detail());
                if (!fold.isCancelled()) {
                    return placed;
                }
                cancelled = cancelled == null ? placed : cancelled;
            }
        }
        return cancelled;
    }
}
