package io.twostep.prediction;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import io.twostep.features.NumberTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.features.TargetKind;
import org.ejml.data.FMatrixRMaj;

/**
 * The answers to the rows of one request, in their order: for each target a class, or a number in its units. All of them
 * are finite.
 *
 * @param outputs of a network, {@code [rows x outputs]}, decoded as they are asked for; good for as long as they are not
 *     changed
 */
public record Predictions(TargetEncoder target, FMatrixRMaj outputs) {

    /** @throws ServiceException {@link ErrorCode#PREDICTION_NOT_FINITE} */
    public Predictions {
        for (int row = 0; row < outputs.numRows; row++) {
            if (!isFinite(target, outputs, row)) {
                throw new ServiceException(
                        ErrorCode.PREDICTION_NOT_FINITE,
                        "The answer to instance " + row + ", counted from 0, is not a finite number.");
            }
        }
    }

    public int rows() {
        return outputs.numRows;
    }

    /**
     * The class of a row.
     *
     * @param place of a target that has classes
     */
    public Classification classification(int row, int place) {
        int width = target.width(outputs);
        return ((ClassTarget) target.targets().get(place)).decode(outputs, row, place * width, width);
    }

    /**
     * The number of a row.
     *
     * @param place of a target that is a number
     */
    public double number(int row, int place) {
        return ((NumberTarget) target.targets().get(place)).decode(outputs, row, place);
    }

    private static boolean isFinite(TargetEncoder target, FMatrixRMaj outputs, int row) {
        for (int output = 0; output < outputs.numCols; output++) {
            double answer = target.kind() == TargetKind.REGRESSION
                    ? ((NumberTarget) target.targets().get(output)).decode(outputs, row, output)
                    : outputs.get(row, output);
            if (!Double.isFinite(answer)) {
                return false;
            }
        }
        return true;
    }
}
