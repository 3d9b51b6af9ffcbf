package io.twostep.benchmark;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.Regularizer;
import io.twostep.training.EpochReport;
import io.twostep.training.Examples;
import io.twostep.training.StoppingRule;
import io.twostep.training.Trainer;
import io.twostep.training.TrainingListener;
import io.twostep.training.TrainingSpec;
import java.util.concurrent.CountDownLatch;
import org.ejml.data.FMatrixRMaj;

/** A workload in training, as a job would train it, until it is closed. */
final class BackgroundTraining implements AutoCloseable {

    private final CountDownLatch firstEpoch = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    BackgroundTraining(Workload workload) {
        thread = new Thread(() -> train(workload), "background-training");
        thread.start();
    }

    /** Waits until the training is at full speed. */
    void awaitFirstEpoch() throws InterruptedException {
        firstEpoch.await();
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void train(Workload workload) {
        Examples examples = workload.examples();
        Examples none = Examples.of(new FMatrixRMaj(0, examples.inputs()), new FMatrixRMaj(0, examples.outputs()));
        TrainingSpec spec = new TrainingSpec(
                workload.optimizer(), 1_000_000, workload.batchSize(), Regularizer.NONE, StoppingRule.NONE, 42);
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                firstEpoch.countDown();
            }

            @Override
            public boolean cancelled() {
                return closed;
            }
        };
        new Trainer(
                        workload.network(new Activation.Relu()),
                        Arithmetic.fast(),
                        spec,
                        examples,
                        none,
                        listener,
                        System::nanoTime,
                        Cores.ofThisMachine())
                .train();
    }
}
