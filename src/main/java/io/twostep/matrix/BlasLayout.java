package io.twostep.matrix;

import java.nio.FloatBuffer;
import org.ejml.data.FMatrixRMaj;

/**
 * How the product of rows with [inputs x outputs] weights is cut: the weights into panels, some columns after another, so
 * that memory is read from one end to the other; the rows into blocks.
 *
 * @param columns of each panel but the last
 * @param rows of each block but the last
 */
record BlasLayout(int inputs, int outputs, int columns, int rows) {

    int panels() {
        return (outputs + columns - 1) / columns;
    }

    /** The columns of one panel. */
    int width(int panel) {
        return Math.min(columns, outputs - panel * columns);
    }

    /** Where a panel stands among the weights that are {@link #lay laid out}. */
    int start(int panel) {
        return panel * columns * inputs;
    }

    /** Writes weights panel after panel, each [inputs x width]. */
    void lay(FMatrixRMaj weights, FloatBuffer panels) {
        int at = 0;
        for (int panel = 0; panel < panels(); panel++) {
            int width = width(panel);
            for (int input = 0; input < inputs; input++, at += width) {
                panels.put(at, weights.data, input * outputs + panel * columns, width);
            }
        }
    }
}
