package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalisation, forward and back. Sums along a row are made in double precision, and all in a fixed order: what
 * becomes of a row does not depend on its neighbours, and the bits are the same on every machine. Nothing is allocated.
 */
public final class NormalizationKernels {

    private NormalizationKernels() {}

    /**
     * Gives the numbers of each row the mean 0 and the variance 1, then those that were learned:
     * {@code z = g (x - mean) / sqrt(variance + epsilon) + b}.
     *
     * @param x [rows x units], read
     * @param gains g [1 x units], read
     * @param biases b [1 x units], read
     * @param z [rows x units], written
     * @param normalized (x - mean) / sqrt(variance + epsilon) [rows x units], written; null if nobody asks
     * @param scales 1 / sqrt(variance + epsilon) of each row, written; null if nobody asks
     */
    public static void forward(
            FMatrixRMaj x,
            FMatrixRMaj gains,
            FMatrixRMaj biases,
            double epsilon,
            FMatrixRMaj z,
            @Nullable FMatrixRMaj normalized,
            double @Nullable [] scales) {
        int units = x.numCols;
        Shapes.check(gains.numCols == units && biases.numCols == units, x, gains);
        Shapes.check(z.numRows == x.numRows && z.numCols == units, x, z);
        for (int row = 0; row < x.numRows; row++) {
            int start = row * units;
            double mean = mean(x.data, start, units);
            double scale = 1 / Math.sqrt(variance(x.data, start, units, mean) + epsilon);
            for (int j = 0; j < units; j++) {
                float normal = (float) ((x.data[start + j] - mean) * scale);
                if (normalized != null) {
                    normalized.data[start + j] = normal;
                }
                z.data[start + j] = gains.data[j] * normal + biases.data[j];
            }
            if (scales != null) {
                scales[row] = scale;
            }
        }
    }

    /**
     * The derivatives by x: with d = dLoss/dz * g, {@code (d - mean(d) - n mean(d n)) * scale} for each row.
     *
     * @param deltas dLoss/dz [rows x units], read
     * @param gains g [1 x units], read
     * @param normalized n [rows x units], as {@link #forward} left it
     * @param scales of each row, as {@link #forward} left them
     * @param before dLoss/dx [rows x units], written
     */
    public static void back(
            FMatrixRMaj deltas, FMatrixRMaj gains, FMatrixRMaj normalized, double[] scales, FMatrixRMaj before) {
        int units = deltas.numCols;
        Shapes.check(before.numRows == deltas.numRows && before.numCols == units, deltas, before);
        for (int row = 0; row < deltas.numRows; row++) {
            int start = row * units;
            double sum = 0;
            double product = 0;
            for (int j = 0; j < units; j++) {
                double d = (double) deltas.data[start + j] * gains.data[j];
                sum += d;
                product += d * normalized.data[start + j];
            }
            float mean = (float) (sum / units);
            float slope = (float) (product / units);
            float scale = (float) scales[row];
            for (int j = 0; j < units; j++) {
                float d = deltas.data[start + j] * gains.data[j];
                before.data[start + j] = (d - mean - normalized.data[start + j] * slope) * scale;
            }
        }
    }

    /**
     * The derivatives by g: the column sums of dLoss/dz * n.
     *
     * @param gradient [1 x units], written
     * @param added whether they come on top of what is there
     */
    public static void gainGradient(FMatrixRMaj deltas, FMatrixRMaj normalized, FMatrixRMaj gradient, boolean added) {
        int units = deltas.numCols;
        Shapes.check(gradient.numCols == units, deltas, gradient);
        if (!added) {
            gradient.zero();
        }
        for (int row = 0; row < deltas.numRows; row++) {
            int start = row * units;
            for (int j = 0; j < units; j++) {
                gradient.data[j] += deltas.data[start + j] * normalized.data[start + j];
            }
        }
    }

    private static double mean(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum / count;
    }

    private static double variance(float[] values, int from, int count, double mean) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            double distance = values[i] - mean;
            sum += distance * distance;
        }
        return sum / count;
    }
}
