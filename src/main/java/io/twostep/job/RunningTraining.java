package io.twostep.job;

import io.twostep.model.Evaluations;
import io.twostep.model.ModelRegistry;
import io.twostep.training.EpochReport;
import io.twostep.training.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The training thread does not wait for the database unless rows come in faster than they are written. */
final class RunningTraining extends RunningJob<TrainingJob> implements ProgressListener {

    static final int MOST_ROWS = 1000;

    private static final Logger log = LoggerFactory.getLogger(RunningTraining.class);

    private final TrainingJobs jobs;
    private final TrainingWork work;
    private final ModelRegistry models;
    private final Reproduction reproduction;
    private final Checkpoints checkpoints;
    private final CheckpointWriter writer;
    private final List<EpochReport> rows = new ArrayList<>();
    private JobProgress progress;
    private CheckpointWriter.@Nullable Attempt states;

    RunningTraining(
            TrainingJob job,
            TrainingJobs jobs,
            TrainingWork work,
            ModelRegistry models,
            Reproduction reproduction,
            Checkpoints checkpoints,
            CheckpointWriter writer,
            BooleanSupplier leaving) {
        super(job, leaving);
        this.checkpoints = checkpoints;
        this.writer = writer;
        this.jobs = jobs;
        this.work = work;
        this.models = models;
        this.reproduction = reproduction;
        this.progress = job.progress();
    }

    @Override
    protected Conclusion<TrainingJob> work() {
        Outcome outcome = work.run(job(), this);
        flush();
        if (outcome instanceof Outcome.Trained trained && job().submission().reproduces() != null) {
            boolean identical = reproduction.isIdentical(job(), trained.model());
            return (now, end) -> end.test(job().reproduced(now.get(), trained.stop(), identical));
        }
        if (outcome instanceof Outcome.Trained trained && job().submission().parent() != null) {
            Evaluations evaluation = trained.model().evaluation().headline();
            return (now, end) -> end.test(job().judged(now.get(), trained.stop(), evaluation));
        }
        if (outcome instanceof Outcome.Trained trained) {
            return (now, end) -> models.publish(
                            trained.model(),
                            model -> end.test(job().succeeded(now.get(), trained.stop(), model.version())))
                    .isPresent();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return (now, end) -> end.test(job().failed(now.get(), failed.stop(), failed.error()));
        }
        throw new CancellationException("The training of " + job().id() + " stopped.");
    }

    @Override
    protected void left() {
        checkpoints.tidy();
    }

    @Override
    public void phase(JobPhase phase) {
        synchronized (rows) {
            progress = progress.in(phase);
        }
    }

    @Override
    public Optional<RunState> begin(String fingerprint, Checkpoints.Reader reader) {
        Optional<RunState> found = checkpoints.newest(job().id(), fingerprint, reader);
        JobProgress from =
                found.map(this::resumed).orElseGet(() -> job().progress().fromTheStart());
        long steps = found.map(RunState::steps).orElse(0L);
        whileNobodyReports(() -> {
            synchronized (rows) {
                progress = from.in(progress.phase());
            }
            if (!jobs.rewind(job().id(), job().attempt(), from, steps)) {
                stop(StopCause.LOST);
            }
        });
        found.ifPresent(state -> writer.resumed());
        states = writer.of(job(), fingerprint, this::flush);
        return found;
    }

    private JobProgress resumed(RunState state) {
        int epochs = state.epoch() - 1;
        log.info("{} goes on after {} epochs and {} steps", job().id(), epochs, state.steps());
        JobProgress from = job().progress().resumed(epochs);
        return jobs.history(job().id(), epochs - 1, 1).stream()
                .filter(report -> report.epoch() == epochs) // of a first epoch that is not finished there is none
                .findFirst()
                .map(report -> from.after(report, state.bestEpoch()))
                .orElse(from);
    }

    @Override
    public void betweenSteps(RunState state) {
        if (states != null) {
            states.betweenSteps(state);
        }
    }

    @Override
    public void interrupted(RunState state) {
        if (states != null && keepsProgress()) {
            states.last(state);
        }
    }

    @Override
    public void epochFinished(EpochReport report, int bestEpoch) {
        boolean full;
        synchronized (rows) {
            rows.add(report);
            progress = progress.after(report, bestEpoch);
            full = rows.size() >= MOST_ROWS;
        }
        if (full) {
            flush();
        }
    }

    @Override
    protected Optional<JobStatus> report() {
        List<EpochReport> gathered;
        JobProgress reached;
        synchronized (rows) {
            gathered = List.copyOf(rows);
            reached = progress;
        }
        Optional<JobStatus> found = jobs.report(job().id(), job().attempt(), reached, gathered);
        synchronized (rows) {
            rows.subList(0, gathered.size()).clear();
        }
        return found;
    }
}
