package io.twostep.prediction;

import io.twostep.prediction.Warning.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to be said of the values of one row, each of whose columns is missing until it is set, and is set once. Of most
 * values it is nothing, which is noted without a reference: storing one has a price with most garbage collectors.
 */
final class Remarks {

    private final boolean[] unremarkable;

    /** What is neither unremarkable nor missing; made when it is first needed. */
    private @Nullable Kind @Nullable [] rare;

    private int count;

    /** Of no row as yet. */
    Remarks(int columns) {
        unremarkable = new boolean[columns];
        forget();
    }

    /** Begins a row. */
    void begin() {
        Arrays.fill(unremarkable, false);
        count = 0;
        if (rare != null) {
            Arrays.fill(rare, null);
        }
    }

    void noteNothing(int column) {
        unremarkable[column] = true;
        count++;
    }

    void note(int column, Kind kind) {
        if (rare == null) {
            rare = new Kind[unremarkable.length];
        }
        rare[column] = kind;
    }

    /** Tells what there is to be said of the row, and forgets it. */
    void tell(int instance, Warnings warnings) {
        if (count == unremarkable.length) {
            return;
        }
        for (int column = 0; column < unremarkable.length; column++) {
            if (!unremarkable[column]) {
                Kind kind = rare == null ? null : rare[column];
                warnings.add(kind == null ? Kind.MISSING : kind, instance, column);
            }
        }
        forget();
    }

    void forget() {
        count = unremarkable.length;
    }
}
