package io.twostep.benchmark;

import io.twostep.features.ClassTarget;
import io.twostep.memory.Reservation;
import io.twostep.model.NewModel;
import io.twostep.prediction.Instances;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.LoadedModels;
import io.twostep.prediction.Predictions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows answered per second, in process, by the very class that answers requests. Arguments: WORKLOAD ROWS THREADS ROUNDS
 * SECONDS, as in {@code W3 1024 2 8 0.5}; ROWS go together, and each of THREADS asks again as soon as it has its answers.
 *
 * <p>Two lines are printed. {@code input=matrix} begins with encoded inputs and ends with the network's outputs, which is
 * what a call of PyTorch or ONNX Runtime on a ready tensor does; compare this one. {@code input=values} begins with the
 * raw numbers of each row and ends with a decoded answer to each, as a request does but for JSON and HTTP.
 */
public final class PredictionBenchmark {

    private static final double WARM_UP_SECONDS = 3;

    private final LoadedModel model;
    private final FMatrixRMaj x;
    private final LongAdder answered = new LongAdder();
    private volatile boolean stopped;
    private volatile double sink;

    private PredictionBenchmark(Workload workload, int rows) {
        NewModel made = ServedModel.of(workload, "benchmark");
        model = LoadedModels.of(made.schema(), made.network(), made.parameters());
        x = new FMatrixRMaj(rows, made.network().inputs());
        Random random = new Random(42);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = random.nextFloat();
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        Workload workload = Workload.valueOf(arguments[0]);
        int rows = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        double seconds = Double.parseDouble(arguments[4]);
        for (String input : List.of("matrix", "values")) {
            PredictionBenchmark benchmark = new PredictionBenchmark(workload, rows);
            Runnable request = input.equals("matrix") ? benchmark::runMatrix : benchmark::answerValues;
            Figures figures = benchmark.measure(request, threads, rounds, seconds);
            System.out.printf(
                    "twostep %s rows=%d threads=%d input=%s %s%n",
                    workload, rows, threads, input, figures.summary("rows/s"));
        }
    }

    private Figures measure(Runnable request, int threads, int rounds, double seconds) throws InterruptedException {
        List<Thread> askers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread asker = new Thread(() -> ask(request));
            asker.start();
            askers.add(asker);
        }
        rowsPerSecond(WARM_UP_SECONDS);
        Figures figures = new Figures();
        figures.begin();
        while (figures.size() < rounds) {
            figures.add(rowsPerSecond(seconds));
        }
        stopped = true;
        for (Thread asker : askers) {
            asker.join();
        }
        return figures;
    }

    private void ask(Runnable request) {
        while (!stopped) {
            request.run();
            answered.add(x.numRows);
        }
    }

    private double rowsPerSecond(double seconds) throws InterruptedException {
        long before = answered.sum();
        long start = System.nanoTime();
        Thread.sleep((long) (seconds * 1000));
        return (answered.sum() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private void runMatrix() {
        LoadedModels.run(model, x);
    }

    private void answerValues() {
        try (Instances instances = model.instances(x.numRows, Reservation.UNCOUNTED)) {
            for (int row = 0; row < x.numRows; row++) {
                instances.startRow();
                for (int column = 0; column < x.numCols; column++) {
                    instances.set(column, (double) x.data[row * x.numCols + column]);
                }
            }
            sink = decoded(instances.predictions());
        }
    }

    private static double decoded(Predictions predictions) {
        double last = 0;
        for (int row = 0; row < predictions.rows(); row++) {
            last = predictions.target() instanceof ClassTarget
                    ? predictions.classification(row, 0).probabilities()[0]
                    : predictions.number(row, 0);
        }
        return last;
    }
}
