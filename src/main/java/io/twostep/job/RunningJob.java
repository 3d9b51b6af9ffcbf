package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt while it runs in this process. Gathers what the training tells and writes it in batches; learns from the
 * answers that the job was cancelled or lost. The training thread does not wait for the database unless rows come in
 * faster than they are written.
 */
final class RunningJob implements ProgressListener {

    static final int MOST_ROWS = 1000;

    private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

    private final TrainingJob job;
    private final TrainingJobs jobs;
    private final BooleanSupplier leaving;
    private final Object writing = new Object();
    private final List<EpochReport> rows = new ArrayList<>();
    private JobProgress progress;
    private volatile boolean stopped;

    RunningJob(TrainingJob job, TrainingJobs jobs, BooleanSupplier leaving) {
        this.job = job;
        this.jobs = jobs;
        this.leaving = leaving;
        this.progress = job.progress();
    }

    TrainingJob job() {
        return job;
    }

    @Override
    public void phase(JobPhase phase) {
        synchronized (rows) {
            progress = progress.in(phase);
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
    public boolean cancelled() {
        return stopped || isLeaving();
    }

    boolean isLeaving() {
        return leaving.getAsBoolean();
    }

    void stop() {
        stopped = true;
    }

    /** Writes what was gathered. If the database does not take it, the rows are kept for the next time. */
    void flush() {
        synchronized (writing) {
            List<EpochReport> gathered;
            JobProgress reached;
            synchronized (rows) {
                gathered = List.copyOf(rows);
                reached = progress;
            }
            write(reached, gathered);
            synchronized (rows) {
                rows.subList(0, gathered.size()).clear();
            }
        }
    }

    /** The same on a timer, where an exception would end the timer. */
    void flushOnTimer() {
        try {
            flush();
        } catch (RuntimeException e) {
            log.warn("The progress of {} could not be written; trying again soon", job.id(), e);
        }
    }

    private void write(JobProgress reached, List<EpochReport> gathered) {
        Optional<JobStatus> found = jobs.report(job.id(), job.attempt(), reached, gathered);
        if (found.isEmpty() || found.get() != JobStatus.RUNNING) {
            stop();
        }
    }
}
