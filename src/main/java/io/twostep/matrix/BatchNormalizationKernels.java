package io.twostep.matrix;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Batch normalisation, forward and back. Sums down a column are made in double precision from the first row to the last, so
 * that the bits are the same on every machine. Nothing is allocated.
 */
public final class BatchNormalizationKernels {

    /** Numbers that are kept of each unit: mean, variance, scale, and two means of the way back. */
    public static final int KEPT = 5;

    private BatchNormalizationKernels() {}

    /**
     * The mean of each column, and its variance, which is the mean of the squared distances.
     *
     * @param x [rows x units], read
     * @param kept {@link #KEPT} numbers for each unit, of which the means and then the variances are written
     */
    public static void measure(FMatrixRMaj x, double[] kept) {
        int units = x.numCols;
        Arrays.fill(kept, 0, 2 * units, 0);
        for (int row = 0; row < x.numRows; row++) {
            for (int j = 0; j < units; j++) {
                kept[j] += x.data[row * units + j];
            }
        }
        for (int j = 0; j < units; j++) {
            kept[j] /= x.numRows;
        }
        for (int row = 0; row < x.numRows; row++) {
            for (int j = 0; j < units; j++) {
                double distance = x.data[row * units + j] - kept[j];
                kept[units + j] += distance * distance;
            }
        }
        for (int j = 0; j < units; j++) {
            kept[units + j] /= x.numRows;
        }
    }

    /** Takes means and variances [1 x units] over instead of {@link #measure measuring} them. */
    public static void take(FMatrixRMaj mean, FMatrixRMaj variance, double[] kept) {
        int units = mean.numCols;
        for (int j = 0; j < units; j++) {
            kept[j] = mean.data[j];
            kept[units + j] = variance.data[j];
        }
    }

    /**
     * {@code n = (x - mean) / sqrt(variance + epsilon)} and {@code z = g n + b}.
     *
     * @param x [rows x units], read
     * @param gains g [1 x units], read
     * @param biases b [1 x units], read
     * @param kept with means and variances; the scales 1 / sqrt(variance + epsilon) are written
     * @param z [rows x units], written
     * @param normalized n [rows x units], written
     */
    public static void forward(
            FMatrixRMaj x,
            FMatrixRMaj gains,
            FMatrixRMaj biases,
            double epsilon,
            double[] kept,
            FMatrixRMaj z,
            FMatrixRMaj normalized) {
        int units = x.numCols;
        check(x, gains, biases, z);
        for (int j = 0; j < units; j++) {
            kept[2 * units + j] = 1 / Math.sqrt(kept[units + j] + epsilon);
        }
        for (int row = 0; row < x.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                float normal = (float) ((x.data[start + j] - kept[j]) * kept[2 * units + j]);
                normalized.data[start + j] = normal;
                z.data[start + j] = gains.data[j] * normal + biases.data[j];
            }
        }
    }

    /**
     * The derivatives by x, on which mean and variance depend: with d = dLoss/dz * g,
     * {@code (d - mean(d) - n mean(d n)) * scale} for each column.
     *
     * @param deltas dLoss/dz [rows x units], read
     * @param gains g [1 x units], read
     * @param normalized n [rows x units], as {@link #forward} left it
     * @param kept as {@link #forward} left it; two means of the deltas are written
     * @param before dLoss/dx [rows x units], written
     */
    public static void back(
            FMatrixRMaj deltas, FMatrixRMaj gains, FMatrixRMaj normalized, double[] kept, FMatrixRMaj before) {
        int units = deltas.numCols;
        Shapes.check(before.numRows == deltas.numRows && before.numCols == units, deltas, before);
        int sums = 3 * units;
        int products = 4 * units;
        Arrays.fill(kept, sums, sums + 2 * units, 0);
        for (int row = 0; row < deltas.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                float delta = deltas.data[start + j];
                kept[sums + j] += delta;
                kept[products + j] += (double) delta * normalized.data[start + j];
            }
        }
        for (int j = sums; j < sums + 2 * units; j++) {
            kept[j] /= deltas.numRows;
        }
        for (int row = 0; row < deltas.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                double d = deltas.data[start + j] - kept[sums + j];
                double factor = gains.data[j] * kept[2 * units + j];
                before.data[start + j] = (float) ((d - normalized.data[start + j] * kept[products + j]) * factor);
            }
        }
    }

    /** The same where mean and variance were {@link #take taken over}, and do not depend on x. */
    public static void backOfTaken(FMatrixRMaj deltas, FMatrixRMaj gains, double[] kept, FMatrixRMaj before) {
        int units = deltas.numCols;
        Shapes.check(before.numRows == deltas.numRows && before.numCols == units, deltas, before);
        for (int row = 0; row < deltas.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                before.data[start + j] = (float) (deltas.data[start + j] * gains.data[j] * kept[2 * units + j]);
            }
        }
    }

    /**
     * Moves running statistics towards those that were {@link #measure measured}: {@code (1 - share) old + share new}.
     *
     * @param mean [1 x units], read and written
     * @param variance [1 x units], read and written; of what was measured it takes the unbiased variance
     * @param rows of which it was measured, at least 2
     */
    public static void move(FMatrixRMaj mean, FMatrixRMaj variance, double[] kept, double share, int rows) {
        int units = mean.numCols;
        double unbiased = (double) rows / (rows - 1);
        for (int j = 0; j < units; j++) {
            mean.data[j] = (float) ((1 - share) * mean.data[j] + share * kept[j]);
            variance.data[j] = (float) ((1 - share) * variance.data[j] + share * unbiased * kept[units + j]);
        }
    }

    /**
     * What {@code z = g (x - mean) / sqrt(variance + epsilon) + b} multiplies x with, and what it adds, where nothing changes
     * any more; all [1 x units].
     *
     * @param factors written
     * @param terms written
     */
    public static void freeze(
            FMatrixRMaj gains,
            FMatrixRMaj biases,
            FMatrixRMaj mean,
            FMatrixRMaj variance,
            double epsilon,
            FMatrixRMaj factors,
            FMatrixRMaj terms) {
        check(mean, gains, biases, mean);
        check(variance, factors, terms, variance);
        for (int j = 0; j < mean.numCols; j++) {
            double factor = gains.data[j] / Math.sqrt(variance.data[j] + epsilon);
            factors.data[j] = (float) factor;
            terms.data[j] = (float) (biases.data[j] - mean.data[j] * factor);
        }
    }

    /**
     * {@code z = x factor + term} in every row; what becomes of a row does not depend on its neighbours.
     *
     * @param x [rows x units], read
     * @param factors [1 x units], read
     * @param terms [1 x units], read
     * @param z [rows x units], written
     */
    public static void apply(FMatrixRMaj x, FMatrixRMaj factors, FMatrixRMaj terms, FMatrixRMaj z) {
        int units = x.numCols;
        check(x, factors, terms, z);
        for (int row = 0; row < x.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                z.data[start + j] = x.data[start + j] * factors.data[j] + terms.data[j];
            }
        }
    }

    private static void check(FMatrixRMaj x, FMatrixRMaj one, FMatrixRMaj other, FMatrixRMaj z) {
        int units = x.numCols;
        Shapes.check(one.numCols == units && other.numCols == units, x, one);
        Shapes.check(z.numRows == x.numRows && z.numCols == units, x, z);
    }
}
