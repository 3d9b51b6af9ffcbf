package io.twostep.training;

import io.twostep.features.Table;
import java.util.Arrays;

/** The rows of one part of a table, picked out and encoded as the table comes by. */
final class Part {

    private final int[] rows;
    private final RowEncoder encoder;
    private final ExampleStore.Writer writer;
    private int next;

    /** @param rows numbers of rows in the table, ascending */
    Part(int[] rows, RowEncoder encoder, ExampleStore store) {
        this.rows = rows;
        this.encoder = encoder;
        this.writer = store.open(rows.length, encoder.inputs(), encoder.outputs());
    }

    /** Takes its rows of the next piece, whose first row has that number in the table. */
    void take(Table piece, int firstRow) {
        int end = endOf(firstRow + piece.rows());
        while (next < end) {
            int to = Math.min(end, next + encoder.capacity());
            encoder.encode(piece, firstRow, Arrays.copyOfRange(rows, next, to), writer);
            next = to;
        }
    }

    Examples finish() {
        return writer.finish();
    }

    /** How many of the rows have a lower number. */
    private int endOf(int number) {
        int place = Arrays.binarySearch(rows, next, rows.length, number);
        return place < 0 ? -place - 1 : place;
    }
}
