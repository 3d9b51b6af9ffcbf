package io.twostep.training;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation class by class, in the order of the labels.
 *
 * @param classes figures of each; null where there are more than {@link ClassTally#MOST_LISTED}
 * @param confusion rows of each class by what was predicted, {@code [actual][predicted]}; null where there are more than
 *     {@link ClassTally#MOST_IN_MATRIX} classes
 * @param calibration bins of equal width over the probability of the second of two classes, of more over that of the
 *     predicted one (Guo et al., "On Calibration of Modern Neural Networks", 2017)
 * @param curves of the second of two classes, of more of each one against the rest; null where they are left out, or
 *     there are more classes than {@link Curve#MOST_TOGETHER} points would show
 */
public record ClassDetail(
        @Nullable List<ClassFigures> classes,
        @Nullable List<List<Integer>> confusion,
        List<CalibrationBin> calibration,
        @Nullable List<ClassCurves> curves) {

    ClassDetail withoutCurves() {
        return new ClassDetail(classes, confusion, calibration, null);
    }
}
