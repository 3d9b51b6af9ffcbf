package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Range;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Tile;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Against over-fitting, a price on large weights: {@code l1 sum |w| + l2 / 2 sum w^2} is added to the loss of each batch.
 * And a bound: after each step, the incoming weights of a unit that are longer than {@code max_norm} are made so long
 * (Srivastava et al.: Dropout, 2014). Biases are free; the gains of a normalisation have the price and no bound.
 *
 * <p>{@code l2} is PyTorch's {@code weight_decay} of SGD (but for the biases); Keras's is half of it, scikit-learn's
 * {@code alpha} is divided by the batch size. The losses that are reported are without it.
 *
 * @param maxNorm the greatest Euclidean length of a column of W; null if there is no bound
 */
public record Regularizer(double l1, double l2, @Nullable Double maxNorm) {

    private static final Range STRENGTH = Range.between(0, 1e6);
    private static final Range LENGTH = Range.between(1e-3, 1e6);

    public static final Regularizer NONE = new Regularizer(0, 0);

    public Regularizer {
        InvalidValueException.throwIfAny(
                STRENGTH.problem("l1", l1),
                STRENGTH.problem("l2", l2),
                maxNorm == null ? null : LENGTH.problem("max_norm", maxNorm));
    }

    /** A price without a bound. */
    public Regularizer(double l1, double l2) {
        this(l1, l2, null);
    }

    @JsonCreator
    static Regularizer of(@Nullable Double l1, @Nullable Double l2, @Nullable Double maxNorm) {
        return new Regularizer(l1 == null ? 0 : l1, l2 == null ? 0 : l2, maxNorm);
    }

    /**
     * Adds the price's derivative, {@code l1 sign(w) + l2 w}, to the gradients of all weights.
     *
     * @param gradients changed
     */
    public void addGradient(Parameters parameters, Gradients gradients) {
        for (int i = 0; i < parameters.layers().size(); i++) {
            FMatrixRMaj weights = parameters.layers().get(i).weights();
            addGradient(weights, gradients.layers().get(i).weights(), 0, weights.getNumElements());
        }
    }

    /**
     * The same for some weights of one layer.
     *
     * @param gradient changed
     * @param from the first number of {@code weights}
     * @param to behind the last
     */
    public void addGradient(FMatrixRMaj weights, FMatrixRMaj gradient, int from, int to) {
        if (l1 == 0 && l2 == 0) {
            return;
        }
        float[] w = weights.data;
        float[] slopes = gradient.data;
        float lasso = (float) l1;
        float ridge = (float) l2;
        if (l1 == 0) {
            for (int i = from; i < to; i++) {
                slopes[i] += ridge * w[i];
            }
            return;
        }
        for (int i = from; i < to; i++) {
            // the sign without a choice, for several numbers at a time; 0 has none, and what is not quite 0 has a large
            // one
            float sign = Math.min(1, Math.max(-1, w[i] * Float.MAX_VALUE));
            slopes[i] += lasso * sign + ridge * w[i];
        }
    }

    /** The price of some weights of one layer, the numbers {@code from} to before {@code to}. */
    public double price(FMatrixRMaj weights, int from, int to) {
        double price = l2 == 0 ? 0 : l2 / 2 * Kernels.squaredNorm(weights.data, from, to);
        if (l1 > 0) {
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += Math.abs(weights.data[i]);
            }
            price += l1 * sum;
        }
        return price;
    }

    /**
     * Shortens the columns of a dense layer's W that are too long.
     *
     * @param weights [inputs x units], changed
     * @param columns which to look at
     * @param scratch overwritten; its length is how many are looked at together
     */
    public void constrain(FMatrixRMaj weights, Tile columns, double[] scratch) {
        if (maxNorm != null) {
            Kernels.boundColumns(weights, maxNorm, columns, scratch);
        }
    }
}
