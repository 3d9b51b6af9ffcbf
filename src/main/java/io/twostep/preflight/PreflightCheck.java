package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.ColumnLeftOut;
import io.twostep.job.ColumnUse;
import io.twostep.job.Columns;
import io.twostep.job.InputEstimate;
import io.twostep.job.JobColumns;
import io.twostep.job.JobSubmission;
import io.twostep.job.TargetTask;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingRequest;
import io.twostep.job.TrainingRoom;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Network;
import io.twostep.nn.Task;
import io.twostep.training.EpochPace;
import io.twostep.training.EpochTrial;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Tells of a training what there is to know before it is queued, while somebody waits. Keeps nothing. */
public final class PreflightCheck {

    private static final long TRIAL = Duration.ofMillis(500).toNanos();

    private final TrainingDesk desk;
    private final TrainingRoom room;
    private final RowSamples samples;
    private final LongSupplier nanoTime;

    /** @param nanoTime a clock as {@link System#nanoTime} */
    PreflightCheck(TrainingDesk desk, TrainingRoom room, RowSamples samples, LongSupplier nanoTime) {
        this.desk = desk;
        this.room = room;
        this.samples = samples;
        this.nanoTime = nanoTime;
    }

    /**
     * Plans the job that the request asks for, and looks at some rows of its dataset. Where these are all, a training that
     * would fail when it makes them ready is refused.
     *
     * @throws ServiceException as {@link TrainingDesk#plan}; {@link ErrorCode#INCOMPATIBLE_DATASET};
     *     {@link ErrorCode#BUSY} or {@link ErrorCode#REQUEST_TOO_LARGE}
     */
    public Preflight check(TrainingRequest request) {
        JobSubmission submission = desk.plan(request);
        Dataset dataset = samples.dataset(submission);
        return samples.during(submission, dataset, this::look);
    }

    private Preflight look(PreparedSample sample) {
        if (sample.rows().whole()) {
            sample.requirePrepared();
        }
        PartRows rows = PartRows.of(sample, samples::dataset).orElse(null);
        Preflight.Size size = size(sample);
        Trial trial = sample.prepared() == null
                ? new Trial(null, "No step could be tried: the rows that were looked at make no inputs.")
                : trial(sample, sample.prepared());
        Preflight.Time time = time(sample.submission().recipe(), rows, trial.pace);
        return new Preflight(
                sample.submission(),
                rows,
                new Preflight.Sample(sample.rows().rows(), sample.rows().whole()),
                columns(sample),
                size,
                room.forecast(sample.submission(), sample.dataset()),
                time,
                PreflightWarnings.of(sample, size, rows, time, trial.notMeasured));
    }

    /** @param notMeasured why there is no pace; null if there is */
    private record Trial(@Nullable EpochPace pace, @Nullable String notMeasured) {}

    private Trial trial(PreparedSample sample, Preparation ready) {
        Recipe recipe = sample.recipe();
        try {
            sample.reserveTraining(ready);
        } catch (ServiceException e) {
            return new Trial(null, "No step could be tried: " + e.getMessage());
        }
        Optional<EpochPace> pace = new EpochTrial(
                        ready.network(),
                        Arithmetic.named(recipe.arithmetic()),
                        recipe.training(),
                        ready.training(),
                        nanoTime,
                        Cores.ofThisMachine())
                .run(TRIAL);
        return pace.map(found -> new Trial(found, null))
                .orElseGet(() -> new Trial(
                        null, "No step was tried: with so many parameters and rows it would have taken too long."));
    }

    private static Preflight.Time time(Recipe recipe, @Nullable PartRows rows, @Nullable EpochPace pace) {
        if (rows == null) {
            return new Preflight.Time(null, null, pace);
        }
        long batch = Math.min(recipe.training().batchSize(), rows.training());
        long steps = (rows.training() + batch - 1) / batch;
        return new Preflight.Time(steps, pace == null ? null : pace.seconds(rows.training(), rows.validation()), pace);
    }

    private static Preflight.Size size(PreparedSample sample) {
        Recipe recipe = sample.submission().recipe();
        Columns columns = new Columns(sample.dataset());
        Task task = TargetTask.of(recipe, columns);
        long most = InputEstimate.of(recipe.encoding(), columns, recipe.features(), task)
                .inputs();
        Network widest = Network.of(recipe.network(), recipe.network().inputs(most), task);
        Preparation ready = sample.prepared();
        Network network = ready != null && sample.rows().whole() ? ready.network() : null;
        Integer inputs = ready == null ? null : ready.features().width();
        Long parameters = inputs == null
                ? null
                : (network == null ? Network.of(recipe.network(), inputs, task) : network).parameterCount();
        return new Preflight.Size(
                inputs,
                most,
                network == null ? widest.outputs() : network.outputs(),
                parameters,
                widest.parameterCount());
    }

    private static JobColumns columns(PreparedSample sample) {
        List<ColumnUse> used = sample.prepared() == null
                ? null
                : ColumnUse.of(sample.prepared().features());
        return JobColumns.of(
                used, ColumnLeftOut.of(sample.dataset(), sample.submission().recipe()));
    }
}
