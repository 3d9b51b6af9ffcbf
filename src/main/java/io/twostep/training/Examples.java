package io.twostep.training;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * Encoded rows, what the network sees beside what it should say, wherever they are kept. They never change, and any
 * number of threads may read at once, each into matrices of its own. Reading allocates nothing.
 */
public interface Examples {

    int rows();

    /** Numbers of a row that the network sees. */
    int inputs();

    /** Numbers of a row that it should answer with. */
    int outputs();

    /**
     * Makes a batch of rows from all over: row i of it is row {@code order[from + i]}.
     *
     * @param order numbers of rows, each from 0 to {@code rows() - 1}
     * @param from the place in {@code order} of the first one
     * @param x [batch x inputs], written; as many rows are gathered as it has
     * @param y [batch x outputs], written
     * @throws IllegalArgumentException if shapes, places or numbers do not fit; what was written is undefined then
     */
    void gather(int[] order, int from, FMatrixRMaj x, FMatrixRMaj y);

    /**
     * Makes a batch of rows that follow each other.
     *
     * @param from the first one
     * @param x [batch x inputs], written; as many rows are copied as it has
     * @param y [batch x outputs], written
     * @throws IllegalArgumentException if shapes or places do not fit
     */
    void copy(int from, FMatrixRMaj x, FMatrixRMaj y);

    /** Whether some rows count more than others. */
    default boolean isWeighted() {
        return false;
    }

    /** The sum of the rows' weights: their number, if all count alike. */
    default double totalWeight() {
        return rows();
    }

    /**
     * The weights of the rows that {@link #gather} makes a batch of.
     *
     * @param weights [batch x 1], written
     */
    default void gatherWeights(int[] order, int from, FMatrixRMaj weights) {
        Arrays.fill(weights.data, 0, weights.numRows, 1);
    }

    /**
     * The weights of the rows that {@link #copy} makes a batch of.
     *
     * @param weights [batch x 1], written
     */
    default void copyWeights(int from, FMatrixRMaj weights) {
        Arrays.fill(weights.data, 0, weights.numRows, 1);
    }

    default boolean isEmpty() {
        return rows() == 0;
    }

    /**
     * Rows in memory.
     *
     * @param x [rows x inputs], kept
     * @param y [rows x outputs], kept
     */
    static Examples of(FMatrixRMaj x, FMatrixRMaj y) {
        return new HeapExamples(x, y);
    }
}
