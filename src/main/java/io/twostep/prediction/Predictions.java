package io.twostep.prediction;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import io.twostep.features.NumberTarget;
import io.twostep.features.TargetEncoder;
import org.ejml.data.FMatrixRMaj;

/** The answers to the rows of one request, in their order: classes, or numbers. All of them are finite. */
public sealed interface Predictions {

    int rows();

    /** Decodes the outputs of a network, {@code [rows x outputs]}; good for as long as they are not changed. */
    static Predictions of(TargetEncoder target, FMatrixRMaj outputs) {
        Predictions predictions = target instanceof ClassTarget classes
                ? new OfClasses(classes, outputs)
                : new OfNumbers((NumberTarget) target, outputs);
        for (int row = 0; row < predictions.rows(); row++) {
            if (!predictions.isFinite(row)) {
                throw new ServiceException(
                        ErrorCode.PREDICTION_NOT_FINITE,
                        "The answer to instance " + row + ", counted from 0, is not a finite number.");
            }
        }
        return predictions;
    }

    /** Whether the answer to a row is a finite number, or a class with a finite probability of each label. */
    boolean isFinite(int row);

    /** A class for each row. */
    record OfClasses(ClassTarget target, FMatrixRMaj outputs) implements Predictions {

        @Override
        public int rows() {
            return outputs.numRows;
        }

        public Classification row(int row) {
            return target.decode(outputs, row);
        }

        @Override
        public boolean isFinite(int row) {
            for (int i = row * outputs.numCols; i < (row + 1) * outputs.numCols; i++) {
                if (!Float.isFinite(outputs.data[i])) {
                    return false;
                }
            }
            return true;
        }
    }

    /** A number for each row, in the units of the target. */
    record OfNumbers(NumberTarget target, FMatrixRMaj outputs) implements Predictions {

        @Override
        public int rows() {
            return outputs.numRows;
        }

        public double row(int row) {
            return target.decode(outputs, row);
        }

        @Override
        public boolean isFinite(int row) {
            return Double.isFinite(row(row));
        }
    }
}
