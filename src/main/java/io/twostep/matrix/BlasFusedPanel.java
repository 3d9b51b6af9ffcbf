package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * Some columns of an affine map, for one row in Java and for many in the native library. Both make each sum by fused
 * multiply-add from the first term to the last, a block of terms after another: a {@link #agrees trial} says whether they do.
 *
 * <p>The library's kernels for AVX2 go another way at the edges of a product: in the first and last eight columns, and in
 * rows that are left over from twelves. So the columns lie between margins whose sums nobody reads, and rows come in
 * twelves.
 */
final class BlasFusedPanel {

    /** The most columns. */
    static final int COLUMNS = 256;

    /** Rows for the library are a multiple of it. */
    static final int TWELVE = 12;

    /** The most rows for the library. */
    static final int MOST_ROWS = 22 * TWELVE;

    /** Terms of a block but the last are a multiple of it, and so are all columns. */
    static final int EIGHT = 8;

    private static final int MARGIN = EIGHT;

    /** 280 KB each: as many are kept as threads may want at once. */
    private static final BlockingQueue<float[]> BLOCKS =
            new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

    private static final ThreadLocal<float[][]> ROWS = ThreadLocal.withInitial(() -> new float[2][COLUMNS]);

    private final BLAS blas;
    private final int inputs;
    private final int first;
    private final int columns;
    private final int depth;
    private final float[] biases;

    /** For Java: row by row. */
    private final float[][] rows;

    /** For the library: [inputs x width]. */
    private final float[] packed;

    private final int width;

    /**
     * Lays columns out.
     *
     * @param weights [inputs x outputs]
     * @param biases [1 x outputs]
     * @param first of the columns
     * @param depth how many terms are added before their sum is
     */
    BlasFusedPanel(BLAS blas, FMatrixRMaj weights, FMatrixRMaj biases, int first, int columns, int depth) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.first = first;
        this.columns = columns;
        this.depth = depth;
        this.biases = Arrays.copyOfRange(biases.data, first, first + columns);
        this.rows = ScaledRows.of(weights, first, columns);
        this.width = width(columns);
        this.packed = new float[inputs * width];
        for (int i = 0; i < inputs; i++) {
            System.arraycopy(rows[i], 0, packed, i * width + MARGIN, columns);
        }
    }

    /** Whether rows have the same bits alone and in all numbers, for some weights of that shape. */
    static boolean agrees(BLAS blas, int inputs, int columns, int depth, int mostRows) {
        BlasFusedPanel panel = new BlasFusedPanel(blas, drawn(inputs, columns), drawn(1, columns), 0, columns, depth);
        FMatrixRMaj x = drawn(mostRows, inputs);
        FMatrixRMaj alone = new FMatrixRMaj(mostRows, columns);
        for (int row = 0; row < mostRows; row++) {
            panel.makeOne(x, alone, row);
        }
        return IntStream.iterate(TWELVE, count -> count <= mostRows, count -> count + TWELVE * (1 + count / 60))
                .allMatch(count -> {
                    FMatrixRMaj together = new FMatrixRMaj(mostRows, columns);
                    panel.makeMany(x, together, 0, count);
                    int numbers = count * columns;
                    return Arrays.equals(alone.data, 0, numbers, together.data, 0, numbers);
                });
    }

    private static FMatrixRMaj drawn(int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, BlasAffine.numbers(rows * columns));
    }

    /** How many numbers of four bytes one keeps. */
    static long numbers(int inputs, int columns) {
        return ScaledRows.numbers(inputs, columns, COLUMNS) + (long) inputs * width(columns);
    }

    private static int width(int columns) {
        return MARGIN + (columns + EIGHT - 1) / EIGHT * EIGHT + MARGIN;
    }

    /** Makes these columns of one row of Y. */
    void makeOne(FMatrixRMaj x, FMatrixRMaj y, int row) {
        float[][] scratch = ROWS.get();
        float[] total = scratch[0];
        float[] sums = scratch[1];
        System.arraycopy(biases, 0, total, 0, columns);
        for (int from = 0; from < inputs; from += depth) {
            Arrays.fill(sums, 0, columns, 0f);
            int to = Math.min(inputs, from + depth);
            ScaledRows.fuse(x.data, row * inputs + from, rows, from, to, sums, columns);
            for (int j = 0; j < columns; j++) {
                total[j] += sums[j];
            }
        }
        System.arraycopy(total, 0, y.data, row * y.numCols + first, columns);
    }

    /**
     * Makes these columns of some rows of Y.
     *
     * @param row the first
     * @param count a multiple of {@link #TWELVE}
     */
    void makeMany(FMatrixRMaj x, FMatrixRMaj y, int row, int count) {
        float[] pooled = BLOCKS.poll();
        float[] block = pooled == null ? new float[MOST_ROWS * (COLUMNS + 2 * MARGIN)] : pooled;
        for (int i = 0; i < count; i++) {
            System.arraycopy(biases, 0, block, i * width + MARGIN, columns);
        }
        for (int from = 0; from < inputs; from += depth) {
            int terms = Math.min(depth, inputs - from);
            int weightsAt = from * width;
            int xAt = row * inputs + from;
            blas.sgemm(
                    "N", "N", width, count, terms, 1f, packed, weightsAt, width, x.data, xAt, inputs, 1f, block, 0,
                    width);
        }
        for (int i = 0; i < count; i++) {
            System.arraycopy(block, i * width + MARGIN, y.data, (row + i) * y.numCols + first, columns);
        }
        BLOCKS.offer(block);
    }
}
