package io.twostep.preflight;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingRequest;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.training.Lbfgs;
import io.twostep.training.LearningRateCurve;
import io.twostep.training.LearningRateRange;
import io.twostep.training.LearningRateSweep;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/** Tries learning rates on some rows of a dataset, while somebody waits. Keeps nothing. */
public final class LearningRateFinder {

    private static final long SWEEP = Duration.ofSeconds(3).toNanos();

    private final TrainingDesk desk;
    private final RowSamples samples;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    LearningRateFinder(TrainingDesk desk, RowSamples samples, LongSupplier nanoTime) {
        this.desk = desk;
        this.samples = samples;
        this.nanoTime = nanoTime;
    }

    /** What was tried, and on what. */
    public record Found(
            JobSubmission submission, Preflight.Sample sample, LearningRateRange range, LearningRateCurve curve) {}

    /**
     * Tries the rates on the job that the request asks for.
     *
     * @throws ServiceException as {@link PreflightCheck#check}, also where the rows that were looked at are not all and cannot
     *     be learned from by themselves
     * @throws ServiceException {@link ErrorCode#INVALID_REQUEST} for an optimiser that finds the length of its steps itself
     */
    public Found find(TrainingRequest request, LearningRateRange range) {
        JobSubmission submission = desk.plan(request);
        if (submission.recipe().training().optimizer() instanceof Lbfgs) {
            throw new ServiceException(
                    ErrorCode.INVALID_REQUEST,
                    List.of(new Problem(
                            "/optimizer", "must not be lbfgs, which finds the length of its steps itself")));
        }
        return samples.during(
                submission, samples.dataset(submission), sample -> sweep(sample, sample.requirePrepared(), range));
    }

    private Found sweep(PreparedSample sample, Preparation ready, LearningRateRange range) {
        Recipe recipe = sample.recipe();
        sample.reserveTraining(ready);
        LearningRateCurve curve = new LearningRateSweep(
                        ready.network(),
                        Arithmetic.named(recipe.arithmetic()),
                        recipe.training(),
                        ready.training(),
                        nanoTime,
                        Cores.ofThisMachine())
                .run(range, SWEEP);
        return new Found(
                sample.submission(),
                new Preflight.Sample(sample.rows().rows(), sample.rows().whole()),
                range,
                curve);
    }
}
