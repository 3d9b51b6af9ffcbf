package io.twostep.benchmark;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.Task;
import io.twostep.training.Adam;
import io.twostep.training.Examples;
import io.twostep.training.Optimizer;
import io.twostep.training.Sgd;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** The four synthetic works on which this service and its peers are timed. */
enum Workload {
    W1(List.of(2, 8, 8, 1), 1_000, 32, new Sgd(0.01)),
    W2(List.of(30, 64, 32, 2), 20_000, 128, Adam.of(0.001)),
    W3(List.of(784, 256, 128, 10), 60_000, 128, Adam.of(0.001)),
    W4(List.of(784, 2048, 2048, 10), 10_000, 256, Adam.of(0.001));

    private final List<Integer> widths;
    private final int rows;
    private final int batchSize;
    private final Optimizer optimizer;

    Workload(List<Integer> widths, int rows, int batchSize, Optimizer optimizer) {
        this.widths = widths;
        this.rows = rows;
        this.batchSize = batchSize;
        this.optimizer = optimizer;
    }

    int rows() {
        return rows;
    }

    int batchSize() {
        return batchSize;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    Network network(Activation hidden) {
        return network(hidden, List.of());
    }

    /** @param behind what stands behind each hidden layer */
    Network network(Activation hidden, List<LayerSpec> behind) {
        List<LayerSpec> layers = new ArrayList<>();
        for (int units : widths.subList(1, widths.size() - 1)) {
            layers.add(LayerSpec.Dense.of(units, hidden));
            layers.addAll(behind);
        }
        OutputSpec output = isRegression()
                ? new OutputSpec(new Activation.Identity(), new Loss.MeanSquaredError())
                : new OutputSpec(new Activation.Softmax(), new Loss.CategoricalCrossEntropy());
        return Network.of(new NetworkSpec(layers, output), widths.get(0), task());
    }

    /** Normal inputs; a normal number or a random class to learn. */
    Examples examples() {
        RandomStream random = RandomStream.of(42, Purpose.SPLIT);
        int outputs = widths.get(widths.size() - 1);
        FMatrixRMaj x = new FMatrixRMaj(rows, widths.get(0));
        FMatrixRMaj y = new FMatrixRMaj(rows, outputs);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = (float) random.nextGaussian();
        }
        for (int row = 0; row < rows; row++) {
            if (isRegression()) {
                y.set(row, 0, (float) random.nextGaussian());
            } else {
                y.set(row, random.nextInt(outputs), 1);
            }
        }
        return Examples.of(x, y);
    }

    private Task task() {
        int outputs = widths.get(widths.size() - 1);
        return isRegression() ? new Task.Numbers(outputs) : new Task.Classes(outputs);
    }

    private boolean isRegression() {
        return this == W1;
    }
}
