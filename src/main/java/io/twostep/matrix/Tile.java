package io.twostep.matrix;

/**
 * A rectangle of a matrix: the part of a product that one call makes. Whoever cuts a matrix into the same tiles gets the
 * same bits, in whatever order and on however many threads they are made.
 *
 * @param row the first row
 * @param rows how many
 * @param column the first column
 * @param columns how many
 */
public record Tile(int row, int rows, int column, int columns) {

    /** Whether it lies within a matrix of that size. */
    boolean fits(int matrixRows, int matrixColumns) {
        return row >= 0
                && column >= 0
                && rows >= 0
                && columns >= 0
                && rows <= matrixRows - row
                && columns <= matrixColumns - column;
    }
}
