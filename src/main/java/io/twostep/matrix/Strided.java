package io.twostep.matrix;

import org.ejml.data.FMatrixRMaj;

/** A matrix, its transpose or a part of either, where it lies in an array. */
final class Strided {

    private final float[] data;
    private final int at;
    private final int lead;
    private final boolean turned;

    /**
     * @param at where number (0, 0) stands
     * @param lead distance from one row of the matrix to the next; its columns are neighbours
     * @param turned whether rows are taken for columns
     */
    private Strided(float[] data, int at, int lead, boolean turned) {
        this.data = data;
        this.at = at;
        this.lead = lead;
        this.turned = turned;
    }

    static Strided of(FMatrixRMaj matrix) {
        return new Strided(matrix.data, 0, matrix.numCols, false);
    }

    /** The part that begins at row i and column j. */
    Strided from(int i, int j) {
        return new Strided(data, at(i, j), lead, turned);
    }

    Strided transposed() {
        return new Strided(data, at, lead, !turned);
    }

    float[] data() {
        return data;
    }

    /** Where number (0, 0) stands. */
    int at() {
        return at;
    }

    int at(int i, int j) {
        return at + i * row() + j * column();
    }

    /** Distance from one row of the matrix, or column of its transpose, to the next. */
    int lead() {
        return lead;
    }

    /** Whether this is a transpose. */
    boolean turned() {
        return turned;
    }

    /** Distance from number (i, j) to number (i + 1, j). */
    int row() {
        return turned ? 1 : lead;
    }

    /** Distance from number (i, j) to number (i, j + 1). */
    int column() {
        return turned ? lead : 1;
    }
}
