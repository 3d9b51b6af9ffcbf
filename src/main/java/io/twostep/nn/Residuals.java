package io.twostep.nn;

import java.util.function.DoubleUnaryOperator;
import org.ejml.data.FMatrixRMaj;

/** Sweeps over the residuals {@code actual - predicted}; all matrices [rows x outputs]. */
final class Residuals {

    private Residuals() {}

    /** Of rows {@code from} to before {@code to}. */
    static double sumOfSquares(FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to) {
        double sum = 0;
        int end = to * predicted.numCols;
        for (int i = from * predicted.numCols; i < end; i++) {
            double residual = (double) actual.data[i] - predicted.data[i];
            sum += residual * residual;
        }
        return sum;
    }

    /** {@code gradient = -2 (actual - predicted)}. */
    static void squareGradient(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient) {
        int elements = predicted.getNumElements();
        for (int i = 0; i < elements; i++) {
            gradient.data[i] = -2 * (actual.data[i] - predicted.data[i]);
        }
    }

    /** Of rows {@code from} to before {@code to}. */
    static double sum(FMatrixRMaj predicted, FMatrixRMaj actual, int from, int to, DoubleUnaryOperator measure) {
        double sum = 0;
        int end = to * predicted.numCols;
        for (int i = from * predicted.numCols; i < end; i++) {
            sum += measure.applyAsDouble((double) actual.data[i] - predicted.data[i]);
        }
        return sum;
    }

    static void each(FMatrixRMaj predicted, FMatrixRMaj actual, FMatrixRMaj gradient, DoubleUnaryOperator slope) {
        int elements = predicted.getNumElements();
        for (int i = 0; i < elements; i++) {
            gradient.data[i] = (float) slope.applyAsDouble((double) actual.data[i] - predicted.data[i]);
        }
    }
}
