package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.Functions;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Cross-entropy in which a row counts the less the surer its right answer is; in nats, the mean over rows, after a sigmoid
 * or a softmax. With p the probability of the actual class,
 *
 * <pre>
 * total     -(1 - p)^gamma log p
 * gradient  p d total / dp = (1 - p)^gamma (gamma p log p / (1 - p) - 1) = h
 *           d total / dz_k = h (y_k - a_k)
 * </pre>
 *
 * which is finite for p of 0 and of 1.
 *
 * @param gamma how much less; 2 as in the paper, Keras and torchvision. 0 is cross-entropy. There is no {@code alpha}
 *     (torchvision: 0.25; Keras: none unless asked for), since rows and classes can have weights
 */
@JsonTypeName("focal")
@Explained(
        value = "mean -(1 - p)^gamma log p with p the probability of the actual class",
        source = "Lin et al.: Focal Loss for Dense Object Detection, 2017")
public record FocalLoss(@Within(atLeast = 0, atMost = 100) double gamma) implements Loss {

    public FocalLoss {
        Bounds.check(FocalLoss.class, gamma);
    }

    @JsonCreator
    static FocalLoss of(@Nullable Double gamma) {
        return new FocalLoss(gamma == null ? 2 : gamma);
    }

    @Override
    public double total(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
        double total = 0;
        for (int row = from; row < to; row++) {
            double p = ofActual(predicted, actual, row);
            total -= power(functions, 1 - p) * log(functions, p, predicted.numCols);
        }
        return total;
    }

    @Override
    public void gradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        throw new UnsupportedOperationException("its gradient is always fused with the sigmoid or the softmax");
    }

    @Override
    public void fusedGradient(Functions functions, FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        int outputs = predicted.numCols;
        for (int row = 0; row < predicted.numRows; row++) {
            double h = slope(functions, ofActual(predicted, actual, row), outputs);
            for (int i = row * outputs; i < (row + 1) * outputs; i++) {
                gradient.data[i] = (float) (h * ((double) actual.data[i] - predicted.data[i]));
            }
        }
    }

    /** {@code p d total / dp}. */
    private double slope(Functions functions, double p, int outputs) {
        double rest = 1 - p;
        double ratio = rest == 0 ? -1 : p * log(functions, p, outputs) / rest;
        return power(functions, rest) * (gamma * ratio - 1);
    }

    private double power(Functions functions, double rest) {
        if (gamma == 0) {
            return 1;
        }
        return rest == 0 ? 0 : functions.exp(gamma * functions.log(rest));
    }

    private static double log(Functions functions, double p, int outputs) {
        return outputs == 1 ? Probabilities.logOfTwo(functions, p) : Probabilities.log(functions, p);
    }

    /** The probability of the class that a row has. */
    private static double ofActual(FMatrixRMaj predicted, FMatrixRMaj actual, int row) {
        int first = row * predicted.numCols;
        if (predicted.numCols == 1) {
            return actual.data[first] > 0 ? predicted.data[first] : 1 - (double) predicted.data[first];
        }
        double p = 0;
        for (int i = first; i < first + predicted.numCols; i++) {
            p += (double) actual.data[i] * predicted.data[i];
        }
        return p;
    }

    @Override
    public double divisor(double rows, int outputs) {
        return rows;
    }

    @Override
    public boolean fusesWith(Activation output) {
        return output instanceof Activation.Sigmoid || output instanceof Activation.Softmax;
    }

    @Override
    public boolean fits(Activation output) {
        return fusesWith(output);
    }

    @Override
    public boolean ofClasses() {
        return true;
    }
}
