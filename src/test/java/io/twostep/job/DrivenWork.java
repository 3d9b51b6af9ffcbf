package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.model.TestModels;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Work that a test does by hand: it waits for a run, reports what it likes, and says how the run comes out. */
public final class DrivenWork implements TrainingWork {

    private final BlockingQueue<Run> runs = new LinkedBlockingQueue<>();

    @Override
    public Outcome run(TrainingJob job, ProgressListener listener) {
        Run run = new Run(job, listener, new CompletableFuture<>());
        runs.add(run);
        try {
            return run.outcome.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** The next run that a worker begins. */
    public Run next() throws InterruptedException {
        Run run = runs.poll(20, TimeUnit.SECONDS);
        assertThat(run).as("a run").isNotNull();
        return run;
    }

    /** Whether a worker begins a run soon. */
    @Nullable
    Run nextWithin(long millis) throws InterruptedException {
        return runs.poll(millis, TimeUnit.MILLISECONDS);
    }

    public record Run(TrainingJob job, ProgressListener listener, CompletableFuture<Outcome> outcome) {

        public void succeed() {
            outcome.complete(new Outcome.Trained(
                    TestModels.trainedBy(job.id(), job.submission().modelName(), 1), TestJobs.ALL_EPOCHS));
        }

        public void stop() {
            outcome.complete(new Outcome.Stopped());
        }

        public void fail(Throwable thrown) {
            outcome.completeExceptionally(thrown);
        }
    }
}
