package io.twostep.benchmark;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.Network;
import io.twostep.nn.Regularizer;
import io.twostep.training.EpochReport;
import io.twostep.training.Examples;
import io.twostep.training.Lbfgs;
import io.twostep.training.StoppingRule;
import io.twostep.training.Trainer;
import io.twostep.training.TrainingListener;
import io.twostep.training.TrainingSpec;
import org.ejml.data.FMatrixRMaj;

/**
 * Samples per second of the service's own trainer, loss history and cancellation included. Arguments: WORKLOAD
 * THREADS ROUNDS SECONDS, and optionally the ACTIVATION of the hidden layers, as in {@code W3 2 8 0.4 tanh}.
 */
public final class TrainingBenchmark implements TrainingListener {

    private final double rowsPerBatch;
    private final int rounds;
    private final double warmUp;
    private final double seconds;
    private final Figures figures = new Figures();
    private long batches;
    private long start = System.nanoTime();
    private boolean warm;

    private TrainingBenchmark(Workload workload, TrainingSpec spec, int rounds, double warmUp, double seconds) {
        int perEpoch = spec.optimizer() instanceof Lbfgs
                ? 1
                : (workload.rows() + workload.batchSize() - 1) / workload.batchSize();
        this.rowsPerBatch = (double) workload.rows() / perEpoch;
        this.rounds = rounds;
        this.warmUp = warmUp;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) {
        Workload workload = Workload.valueOf(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        Activation hidden = arguments.length > 4 ? activation(arguments[4]) : new Activation.Relu();
        TrainingSpec spec = new TrainingSpec(
                workload.optimizer(), 1_000_000, workload.batchSize(), Regularizer.NONE, StoppingRule.NONE, 42);
        TrainingBenchmark benchmark = new TrainingBenchmark(
                workload, spec, Integer.parseInt(arguments[2]), 3, Double.parseDouble(arguments[3]));
        Figures figures = benchmark.run(workload.network(hidden), spec, workload.examples(), threads);
        System.out.println("twostep " + workload + (arguments.length > 4 ? " " + arguments[4] : "") + " threads="
                + threads + " " + figures.summary());
    }

    /** Samples per second of one round after a short warm-up. */
    static double round(
            Workload workload, Network network, TrainingSpec spec, Examples examples, int threads, double seconds) {
        return new TrainingBenchmark(workload, spec, 1, seconds / 2, seconds)
                .run(network, spec, examples, threads)
                .median();
    }

    private Figures run(Network network, TrainingSpec spec, Examples examples, int threads) {
        Examples none = Examples.of(new FMatrixRMaj(0, examples.inputs()), new FMatrixRMaj(0, examples.outputs()));
        Cores cores = new Cores(threads);
        new Trainer(network, Arithmetic.fast(), spec, examples, none, this, System::nanoTime, cores).train();
        return figures;
    }

    private static Activation activation(String name) {
        return switch (name) {
            case "relu" -> new Activation.Relu();
            case "leaky_relu" -> new Activation.LeakyRelu(0.01);
            case "sigmoid" -> new Activation.Sigmoid();
            case "tanh" -> new Activation.Tanh();
            case "softplus" -> new Activation.Softplus();
            case "elu" -> new Activation.Elu(1);
            case "gelu" -> new Activation.Gelu();
            case "silu" -> new Activation.Silu();
            case "identity" -> new Activation.Identity();
            default -> throw new IllegalArgumentException("no hidden activation is called " + name);
        };
    }

    @Override
    public void epochFinished(EpochReport report, int bestEpoch) {}

    /** Asked before every batch, as by a job: counts, and ends a round when its time is up. */
    @Override
    public boolean cancelled() {
        double elapsed = (System.nanoTime() - start) / 1e9;
        if (elapsed >= (warm ? seconds : warmUp)) {
            if (warm) {
                figures.add(batches * rowsPerBatch / elapsed);
            } else {
                figures.begin();
                warm = true;
            }
            batches = 0;
            start = System.nanoTime();
        }
        batches++;
        return figures.size() == rounds;
    }
}
