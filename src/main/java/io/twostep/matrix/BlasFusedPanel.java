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
 *
 * <p>In Java the terms of inputs that are zero are left out, as those are that a ReLU has switched off: a sum that begins
 * at zero is the same without them, if all weights are finite, and so is its total with a bias that is no negative zero.
 */
final class BlasFusedPanel {

    /** The most columns. */
    static final int COLUMNS = 256;

    /** Rows for the library are a multiple of it. */
    static final int TWELVE = 12;

    /** The most rows for the library. */
    static final int MOST_ROWS = 22 * TWELVE;

    /** Terms of a block but the last are a multiple of it, and so are columns with their margins. */
    static final int EIGHT = 8;

    private static final int MARGIN = EIGHT;

    /** The most terms of a block. */
    private static final int TERMS = 512;

    /** 290 KB each: some are kept for whoever comes next. */
    private static final BlockingQueue<float[]> BLOCKS = new ArrayBlockingQueue<>(8);

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final BLAS blas;
    private final int inputs;
    private final int first;
    private final int columns;
    private final int depth;
    private final float[] biases;

    /** For Java: row by row. */
    private final float[][] rows;

    private final boolean isFinite;

    /** For the library: [inputs x width]. */
    private final float[] packed;

    private final int packedAt;
    private final int width;

    private static final class Scratch {

        private final float[] total = new float[COLUMNS];
        private final float[] sums = new float[COLUMNS];
        private final float[] factors = new float[TERMS];
        private final int[] places = new int[TERMS];
    }

    /**
     * Lays columns out.
     *
     * @param weights [inputs x outputs]
     * @param biases [1 x outputs]
     * @param first of the columns
     * @param depth how many terms are added before their sum is
     * @param packed zeros, kept; written from {@code packedAt} on, so many rows of {@link #width} numbers as there are inputs
     */
    BlasFusedPanel(
            BLAS blas,
            FMatrixRMaj weights,
            FMatrixRMaj biases,
            int first,
            int columns,
            int depth,
            float[] packed,
            int packedAt) {
        this.blas = blas;
        this.inputs = weights.numRows;
        this.first = first;
        this.columns = columns;
        this.depth = depth;
        this.packed = packed;
        this.packedAt = packedAt;
        this.width = width(columns);
        this.rows = ScaledRows.of(weights, first, columns);
        boolean isFinite = true;
        for (int i = 0; i < inputs; i++) {
            System.arraycopy(rows[i], 0, packed, packedAt + i * width + MARGIN, columns);
            for (float weight : rows[i]) {
                isFinite &= Float.isFinite(weight);
            }
        }
        this.isFinite = isFinite;
        this.biases = new float[columns];
        for (int j = 0; j < columns; j++) {
            this.biases[j] = biases.data[first + j] + 0f; // no negative zero
        }
    }

    /** Of the columns and their margins. */
    static int width(int columns) {
        return MARGIN + (columns + EIGHT - 1) / EIGHT * EIGHT + MARGIN;
    }

    /** Whether rows have the same bits alone, in the largest block and in smaller ones, for some weights of that shape. */
    static boolean agrees(BLAS blas, int inputs, int columns, int depth, int mostRows) {
        float[] packed = new float[inputs * width(columns)];
        BlasFusedPanel panel =
                new BlasFusedPanel(blas, drawn(inputs, columns), drawn(1, columns), 0, columns, depth, packed, 0);
        FMatrixRMaj x = drawn(mostRows, inputs);
        FMatrixRMaj alone = new FMatrixRMaj(mostRows, columns);
        for (int row = 0; row < mostRows; row++) {
            panel.makeOne(x, alone, row);
        }
        IntStream fewer =
                IntStream.iterate(TWELVE, count -> count < mostRows, count -> count + TWELVE * (1 + count / 60));
        return IntStream.concat(IntStream.of(mostRows), fewer).allMatch(count -> {
            FMatrixRMaj together = new FMatrixRMaj(mostRows, columns);
            panel.makeMany(x, together, 0, count);
            int numbers = count * columns;
            return Arrays.equals(alone.data, 0, numbers, together.data, 0, numbers);
        });
    }

    private static FMatrixRMaj drawn(int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, ProductsTrial.numbers(rows * columns));
    }

    /** Makes these columns of one row of Y. */
    void makeOne(FMatrixRMaj x, FMatrixRMaj y, int row) {
        Scratch scratch = SCRATCH.get();
        float[] total = scratch.total;
        float[] sums = scratch.sums;
        System.arraycopy(biases, 0, total, 0, columns);
        for (int from = 0; from < inputs; from += depth) {
            Arrays.fill(sums, 0, columns, 0f);
            int terms = choose(x.data, row * inputs, from, Math.min(inputs, from + depth), scratch);
            ScaledRows.fuse(scratch.factors, rows, scratch.places, terms, sums, columns);
            for (int j = 0; j < columns; j++) {
                total[j] += sums[j];
            }
        }
        System.arraycopy(total, 0, y.data, row * y.numCols + first, columns);
    }

    /** Notes the terms that count; without a jump, since none could be foreseen. */
    private int choose(float[] x, int at, int from, int to, Scratch scratch) {
        float[] factors = scratch.factors;
        int[] places = scratch.places;
        int terms = 0;
        for (int i = from; i < to; i++) {
            float factor = x[at + i];
            factors[terms] = factor;
            places[terms] = i;
            terms += factor != 0 || !isFinite ? 1 : 0;
        }
        return terms;
    }

    /**
     * Makes these columns of some rows of Y.
     *
     * @param row the first
     * @param count a multiple of {@link #TWELVE}; may go beyond the rows of Y, if the array of X does
     */
    void makeMany(FMatrixRMaj x, FMatrixRMaj y, int row, int count) {
        float[] pooled = BLOCKS.poll();
        float[] block = pooled == null ? new float[MOST_ROWS * width(COLUMNS)] : pooled;
        for (int i = 0; i < count; i++) {
            System.arraycopy(biases, 0, block, i * width + MARGIN, columns);
        }
        for (int from = 0; from < inputs; from += depth) {
            int terms = Math.min(depth, inputs - from);
            int weightsAt = packedAt + from * width;
            int xAt = row * inputs + from;
            blas.sgemm(
                    "N", "N", width, count, terms, 1f, packed, weightsAt, width, x.data, xAt, inputs, 1f, block, 0,
                    width);
        }
        int made = Math.min(count, y.numRows - row);
        for (int i = 0; i < made; i++) {
            System.arraycopy(block, i * width + MARGIN, y.data, (row + i) * y.numCols + first, columns);
        }
        BLOCKS.offer(block);
    }
}
