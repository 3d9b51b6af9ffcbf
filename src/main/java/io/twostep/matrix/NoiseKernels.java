package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Random disturbances of matrices. What happens to a number is a pure function of a key, its row in the batch and its
 * column: whoever cuts a batch into other shards or tiles draws the same. Nothing is allocated, and the bits are the
 * same on every machine.
 */
public final class NoiseKernels {

    /** Bits of a draw that choose between 0 and a factor. */
    private static final int BITS = 24;

    private NoiseKernels() {}

    /**
     * Multiplies each number either by 0 or, so that the mean stays, by {@code 1 / (1 - rate)}.
     *
     * @param x [m x n], read and written
     * @param slopes [m x n], multiplied likewise; null if there are none
     * @param rate share of zeros, from 0 to below 1, in steps of 2^-24
     * @param firstRow the place in the batch of x's first row
     * @param tile the part of both; null for all
     */
    public static void drop(
            FMatrixRMaj x, @Nullable FMatrixRMaj slopes, double rate, long key, int firstRow, @Nullable Tile tile) {
        int zeros = (int) (rate * (1 << BITS));
        float kept = (float) (1 << BITS) / ((1 << BITS) - zeros);
        for (int row = firstRow(tile); row < endRow(tile, x); row++) {
            long rowKey = RandomStream.key(key, firstRow + row);
            int start = row * x.numCols;
            for (int column = firstColumn(tile); column < endColumn(tile, x); column++) {
                float factor = RandomStream.key(rowKey, column) >>> (Long.SIZE - BITS) < zeros ? 0 : kept;
                x.data[start + column] *= factor;
                if (slopes != null) {
                    slopes.data[start + column] *= factor;
                }
            }
        }
    }

    /**
     * Adds to each number one of a normal distribution around 0.
     *
     * @param x [m x n], read and written
     * @param firstRow the place in the batch of x's first row
     * @param tile the part of it; null for all
     */
    public static void addGaussian(
            FMatrixRMaj x, double standardDeviation, long key, int firstRow, @Nullable Tile tile) {
        for (int row = firstRow(tile); row < endRow(tile, x); row++) {
            long rowKey = RandomStream.key(key, firstRow + row);
            int start = row * x.numCols;
            for (int column = firstColumn(tile); column < endColumn(tile, x); column++) {
                double normal = NormalQuantile.of(uniform(RandomStream.key(rowKey, column)));
                x.data[start + column] += (float) (standardDeviation * normal);
            }
        }
    }

    /** In (0, 1), both ends excluded. */
    private static double uniform(long draw) {
        return ((draw >>> 12) + 0.5) * 0x1.0p-52;
    }

    private static int firstRow(@Nullable Tile tile) {
        return tile == null ? 0 : tile.row();
    }

    private static int endRow(@Nullable Tile tile, FMatrixRMaj x) {
        return tile == null ? x.numRows : tile.row() + tile.rows();
    }

    private static int firstColumn(@Nullable Tile tile) {
        return tile == null ? 0 : tile.column();
    }

    private static int endColumn(@Nullable Tile tile, FMatrixRMaj x) {
        return tile == null ? x.numCols : tile.column() + tile.columns();
    }
}
