package io.twostep.job;

import io.twostep.observability.Meters;
import io.twostep.storage.StorageException;
import io.twostep.training.RunState;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints of running jobs: the training thread hands the state to the file system, and goes on while another
 * thread waits for the disk.
 */
final class CheckpointWriter implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CheckpointWriter.class);

    private final Checkpoints checkpoints;
    private final Duration interval;
    private final Meters meters;
    private final ExecutorService disk;

    CheckpointWriter(Checkpoints checkpoints, Duration interval, Meters meters) {
        this.checkpoints = checkpoints;
        this.interval = interval;
        this.meters = meters;
        this.disk = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "job-checkpoint");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The checkpoints of one attempt.
     *
     * @param fingerprint of all that its states depend on
     * @param history writes the loss history so far; a checkpoint is only kept once that is safe
     */
    Attempt of(TrainingJob job, String fingerprint, Runnable history) {
        return new Attempt(job, fingerprint, history);
    }

    /** A training goes on from a checkpoint. */
    void resumed() {
        meters.trainingResumed();
    }

    /** Lets a checkpoint that is under way come to its end. */
    @Override
    public void close() {
        disk.shutdown();
    }

    /** Belongs to the training thread. */
    final class Attempt {

        private final TrainingJob job;
        private final String fingerprint;
        private final Runnable history;
        private final CheckpointClock clock;
        private @Nullable Future<?> underWay;

        private Attempt(TrainingJob job, String fingerprint, Runnable history) {
            this.job = job;
            this.fingerprint = fingerprint;
            this.history = history;
            this.clock = new CheckpointClock(interval, System.nanoTime());
        }

        /** Writes the state down if it is time. */
        void betweenSteps(RunState state) {
            long now = System.nanoTime();
            if (clock.isDue(state.batch() == 0, now) && (underWay == null || underWay.isDone())) {
                clock.written(now);
                underWay = draft(state, now);
            }
        }

        /** Writes the state down and waits until it is safe. */
        void last(RunState state) {
            await(underWay);
            await(draft(state, System.nanoTime()));
        }

        private @Nullable Future<?> draft(RunState state, long start) {
            if (!state.isFinite()) {
                return null;
            }
            try {
                Checkpoints.Draft draft = checkpoints.draft(job, fingerprint, state);
                meters.checkpointDrafted(draft.bytes(), since(start));
                return disk.submit(() -> keep(draft, start));
            } catch (StorageException e) {
                log.warn("{} goes on without a checkpoint, the disk did not take it", job.id(), e);
                return null;
            }
        }

        private void keep(Checkpoints.Draft draft, long start) {
            try {
                history.run();
                if (draft.keep()) {
                    meters.checkpointKept(since(start));
                }
            } catch (RuntimeException e) {
                draft.discard();
                log.warn("A checkpoint of {} could not be kept; the one before still is", job.id(), e);
            }
        }

        private static void await(@Nullable Future<?> writing) {
            if (writing == null) {
                return;
            }
            boolean interrupted = false;
            while (true) {
                try {
                    writing.get();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true; // the disk is not kept waiting by anybody for long
                } catch (ExecutionException e) {
                    break; // told by the other thread
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private static Duration since(long start) {
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }
}
