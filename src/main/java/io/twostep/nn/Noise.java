package io.twostep.nn;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.matrix.NoiseKernels;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.Tile;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * What disturbs the numbers between two layers while the network learns, so that it cannot learn the rows by heart. It
 * has no parameters, and predictions know nothing of it.
 */
public sealed interface Noise extends LayerSpec permits Noise.Dropout, Noise.Gaussian {

    /**
     * The key of one noise among those of a batch.
     *
     * @param batchKey the same for all of them
     * @param layer whose outputs are disturbed, 1 for the first; 0 for the network's inputs
     * @param place among the noises there
     */
    static long key(long batchKey, int layer, int place) {
        return RandomStream.key(RandomStream.key(batchKey, layer), place);
    }

    /** Whether the derivative dLoss/dA is changed too. */
    boolean changesSlopes();

    /**
     * Disturbs the outputs of a layer, or the inputs of the network.
     *
     * @param a [rows x units], read and written
     * @param slopes f'(Z) [rows x units], read and written; null if they are not asked for or do not change
     * @param key of this batch and this place in the network; the same key makes the same noise
     * @param firstRow the place in the batch of a's first row
     * @param tile the part of both; null for all
     */
    void disturb(FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow, @Nullable Tile tile);

    /**
     * Forgets some of the outputs of the layer before, others for each row of each batch; while learning only.
     *
     * @param rate share of the outputs that is 0; the others are divided by {@code 1 - rate}
     */
    @JsonTypeName("dropout")
    @Explained(
            value = {"A = M * A / (1 - rate) while learning, M of 0 with probability rate and else 1", "A = A otherwise"
            },
            source = "Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov: Dropout, 2014")
    record Dropout(@Within(atLeast = 0, below = 1) double rate) implements Noise {
        public Dropout {
            Bounds.check(Dropout.class, rate);
        }

        @JsonCreator
        static Dropout of(@Nullable Double rate) {
            return new Dropout(rate == null ? 0.5 : rate);
        }

        @Override
        public boolean changesSlopes() {
            return true;
        }

        @Override
        public void disturb(FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow, @Nullable Tile tile) {
            NoiseKernels.drop(a, slopes, rate, key, firstRow, tile);
        }
    }

    /**
     * Adds noise to the outputs of the layer before, or, at the beginning, to the network's inputs; while learning only.
     *
     * @param standardDeviation of the noise; inputs that are standardised have 1
     */
    @JsonTypeName("gaussian_noise")
    @Explained(
            value = {"A = A + N(0, standard_deviation^2) while learning", "A = A otherwise"},
            source = "Bishop: Training with Noise is Equivalent to Tikhonov Regularization, 1995")
    record Gaussian(@Within(atLeast = 0, atMost = 1_000) double standardDeviation) implements Noise {
        public Gaussian {
            Bounds.check(Gaussian.class, standardDeviation);
        }

        @JsonCreator
        static Gaussian of(@Nullable Double standardDeviation) {
            return new Gaussian(standardDeviation == null ? 0.1 : standardDeviation);
        }

        @Override
        public boolean changesSlopes() {
            return false;
        }

        @Override
        public void disturb(FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow, @Nullable Tile tile) {
            NoiseKernels.addGaussian(a, standardDeviation, key, firstRow, tile);
        }
    }
}
