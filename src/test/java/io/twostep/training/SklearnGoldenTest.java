package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.features.ClassTarget;
import io.twostep.features.LabelsTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.NumbersTarget;
import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Loss;
import io.twostep.web.Json;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * Evaluations beside those of scikit-learn, of the same answers. Its figures are in {@code golden/sklearn/metrics.json}, and
 * the script beside that made them.
 */
class SklearnGoldenTest {

    private static final JsonNode GOLDEN = GoldenFile.read("sklearn/metrics.json");
    private static final double TOLERANCE = 1e-6;
    private static final float PARTS = 1024;
    private static final float SIXTEENTHS = 16;

    record Case(String name, JsonNode expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> classification() {
        return cases("classification");
    }

    static Stream<Case> severalOutputs() {
        return classification();
    }

    static Stream<Case> oneOutput() {
        return classification().filter(test -> test.expected.get("classes").intValue() == 2);
    }

    static Stream<Case> regression() {
        return cases("regression");
    }

    static Stream<Case> multiLabel() {
        return cases("multi_label");
    }

    static Stream<Case> multiOutputRegression() {
        return cases("multi_output_regression");
    }

    @ParameterizedTest
    @MethodSource
    void severalOutputs(Case test) {
        JsonNode rows = test.expected.get("probabilities");
        FMatrixRMaj predicted = new FMatrixRMaj(rows.size(), rows.get(0).size());
        FMatrixRMaj actual = new FMatrixRMaj(predicted.numRows, predicted.numCols);
        for (int row = 0; row < predicted.numRows; row++) {
            for (int k = 0; k < predicted.numCols; k++) {
                predicted.set(row, k, rows.get(row).get(k).intValue() / PARTS);
            }
            actual.set(row, test.expected.get("actual").get(row).intValue(), 1);
        }

        assertAgrees(test.expected, predicted, actual);
    }

    @ParameterizedTest
    @MethodSource
    void oneOutput(Case test) {
        JsonNode rows = test.expected.get("probabilities");
        FMatrixRMaj predicted = new FMatrixRMaj(rows.size(), 1);
        FMatrixRMaj actual = new FMatrixRMaj(rows.size(), 1);
        for (int row = 0; row < predicted.numRows; row++) {
            predicted.set(row, 0, rows.get(row).get(1).intValue() / PARTS);
            actual.set(row, 0, test.expected.get("actual").get(row).intValue());
        }

        assertAgrees(test.expected, predicted, actual);
    }

    @ParameterizedTest
    @MethodSource
    void regression(Case test) {
        NumberTarget target = new NumberTarget("y", 0, 1, false);
        Judge judge = Judge.of(
                target, new Loss.MeanSquaredError(), Arithmetic.portable().functions(), 0);
        judge.add(column(test.expected.get("predicted")), column(test.expected.get("actual")), null);
        NumberEvaluation judged = (NumberEvaluation) judge.judged(0, null);

        assertFigure(test.expected, "r2", judged.r2());
        assertFigure(test.expected, "rmse", judged.rmse());
        assertFigure(test.expected, "mae", judged.mae());
        assertFigure(test.expected, "mape", judged.mape());
        assertThat(judged.zeros()).isEqualTo(test.expected.get("zeros").intValue());
        assertThat(Objects.requireNonNull(judged.residuals()).counts().stream()
                        .mapToInt(count -> count)
                        .sum())
                .isEqualTo(judged.rows());
    }

    @ParameterizedTest
    @MethodSource
    void multiOutputRegression(Case test) {
        FMatrixRMaj predicted = matrix(test.expected.get("predicted"), SIXTEENTHS);
        NumbersTarget target = new NumbersTarget(IntStream.range(0, predicted.numCols)
                .mapToObj(i -> new NumberTarget("y" + i, 0, 1, false))
                .toList());
        Judge judge = Judge.of(
                target, new Loss.MeanSquaredError(), Arithmetic.portable().functions(), 0);
        judge.add(predicted, matrix(test.expected.get("actual"), SIXTEENTHS), null);
        NumbersEvaluation judged = (NumbersEvaluation) judge.judged(0, null);

        assertFigure(test.expected, "r2", judged.r2());
        assertFigure(test.expected, "rmse", judged.rmse());
        assertFigure(test.expected, "mae", judged.mae());
        assertFigure(test.expected, "mape", judged.mape());
        List<NumberEvaluation> each = Objects.requireNonNull(judged.targets()).values().stream()
                .map(NumberEvaluation.class::cast)
                .toList();
        assertThat(each).hasSize(predicted.numCols);
        for (int i = 0; i < each.size(); i++) {
            JsonNode alone = test.expected.get("targets").get(i);
            assertFigure(alone, "r2", each.get(i).r2());
            assertFigure(alone, "rmse", each.get(i).rmse());
            assertFigure(alone, "mae", each.get(i).mae());
            assertFigure(alone, "mape", each.get(i).mape());
            assertFigure(alone, "mse", each.get(i).loss());
        }
    }

    @ParameterizedTest
    @MethodSource
    void multiLabel(Case test) {
        FMatrixRMaj predicted = matrix(test.expected.get("probabilities"), PARTS);
        LabelsTarget target = new LabelsTarget(IntStream.range(0, predicted.numCols)
                .mapToObj(i -> new ClassTarget("y" + i, List.of("0", "1")))
                .toList());
        Judge judge = Judge.of(
                target, new Loss.BinaryCrossEntropy(), Arithmetic.portable().functions(), predicted.numRows);
        judge.add(predicted, matrix(test.expected.get("actual"), 1), null);
        LabelsEvaluation judged = (LabelsEvaluation) judge.judged(0, null);

        assertFigure(test.expected, "subset_accuracy", judged.subsetAccuracy());
        assertFigure(test.expected, "hamming_loss", judged.hammingLoss());
        assertFigure(test.expected, "macro_f1", judged.macroF1());
        assertFigure(test.expected, "micro_f1", judged.microF1());
        assertFigure(test.expected, "roc_auc", judged.rocAuc());
        assertFigure(test.expected, "average_precision", judged.averagePrecision());
        List<ClassEvaluation> each = Objects.requireNonNull(judged.targets()).values().stream()
                .map(ClassEvaluation.class::cast)
                .toList();
        assertThat(each).hasSize(predicted.numCols);
        for (int i = 0; i < each.size(); i++) {
            JsonNode alone = test.expected.get("targets").get(i);
            assertFigure(alone, "accuracy", each.get(i).accuracy());
            assertFigure(alone, "roc_auc", each.get(i).rocAuc());
            assertFigure(alone, "average_precision", each.get(i).averagePrecision());
            assertFigure(alone, "log_loss", each.get(i).logLoss());
            assertFigure(alone, "log_loss", each.get(i).loss());
        }
    }

    private static void assertAgrees(JsonNode expected, FMatrixRMaj predicted, FMatrixRMaj actual) {
        int classes = expected.get("classes").intValue();
        ClassTarget target = new ClassTarget(
                "y", IntStream.range(0, classes).mapToObj(Integer::toString).toList());
        Judge judge = Judge.of(
                target, new Loss.MeanSquaredError(), Arithmetic.portable().functions(), predicted.numRows);
        judge.add(predicted, actual, null);
        ClassEvaluation judged = (ClassEvaluation) judge.judged(0, null);
        ClassDetail detail = Objects.requireNonNull(judged.detail());
        List<ClassFigures> figures = Objects.requireNonNull(detail.classes());

        assertFigure(expected, "accuracy", judged.accuracy());
        assertFigure(expected, "balanced_accuracy", judged.balancedAccuracy());
        assertFigure(expected, "macro_precision", judged.macroPrecision());
        assertFigure(expected, "macro_recall", judged.macroRecall());
        assertFigure(expected, "macro_f1", judged.macroF1());
        assertFigure(expected, "log_loss", judged.logLoss());
        assertFigure(expected, "brier", judged.brier());
        assertFigure(expected, "roc_auc", judged.rocAuc());
        assertFigure(expected, "average_precision", judged.averagePrecision());
        assertClose(
                expected.get("precision"),
                figures.stream().map(ClassFigures::precision).toList());
        assertClose(
                expected.get("recall"),
                figures.stream().map(ClassFigures::recall).toList());
        assertClose(expected.get("f1"), figures.stream().map(ClassFigures::f1).toList());
        assertClose(
                expected.get("support"),
                figures.stream().map(f -> (double) f.support()).toList());
        assertThat(Json.mapper().valueToTree(detail.confusion()).toString())
                .isEqualTo(expected.get("confusion").toString());
        assertCalibrated(expected, detail.calibration());
        assertCurves(expected.get("curves"), detail.curves() == null ? List.of() : detail.curves());
    }

    /** scikit-learn leaves empty bins out, and makes none if everything or nothing comes true. */
    private static void assertCalibrated(JsonNode expected, List<CalibrationBin> bins) {
        if (expected.get("calibration_share").isNull()) {
            return;
        }
        List<CalibrationBin> filled =
                bins.stream().filter(bin -> bin.count() > 0).toList();
        assertClose(
                expected.get("calibration_share"),
                filled.stream()
                        .map(CalibrationBin::observedShare)
                        .map(Objects::requireNonNull)
                        .toList());
        assertClose(
                expected.get("calibration_mean"),
                filled.stream()
                        .map(CalibrationBin::meanProbability)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    /** Of sets so small that no point is left out. */
    private static void assertCurves(JsonNode expected, List<ClassCurves> curves) {
        if (expected.isEmpty()) {
            return;
        }
        assertThat(curves).hasSameSizeAs(expected);
        for (int i = 0; i < curves.size(); i++) {
            ClassCurves curve = curves.get(i);
            JsonNode points = expected.get(i);
            assertThat(curve.label()).isEqualTo(points.get("class").toString());
            assertSubset(
                    points,
                    "fpr",
                    curve.roc().falsePositiveRate(),
                    "tpr",
                    curve.roc().truePositiveRate());
            assertSubset(
                    points,
                    "recall",
                    curve.precisionRecall().recall(),
                    "precision",
                    curve.precisionRecall().precision());
            assertThat(curve.roc().thresholds())
                    .hasSize(curve.roc().falsePositiveRate().size() - 1);
        }
    }

    /** All points that are shown are points of the curve, the last one among them. */
    private static void assertSubset(JsonNode points, String x, List<Double> shownX, String y, List<Double> shownY) {
        assertThat(shownX).hasSameSizeAs(shownY);
        int next = 0;
        for (int shown = 0; shown < shownX.size(); shown++) {
            while (Math.abs(points.get(x).get(next).doubleValue() - shownX.get(shown)) > TOLERANCE
                    || Math.abs(points.get(y).get(next).doubleValue() - shownY.get(shown)) > TOLERANCE) {
                next++;
                assertThat(next)
                        .as("point %d of %s", shown, x)
                        .isLessThan(points.get(x).size());
            }
        }
        assertThat(shownX.get(shownX.size() - 1)).isEqualTo(1);
    }

    private static void assertFigure(JsonNode expected, String name, @Nullable Double figure) {
        JsonNode value = expected.get(name);
        if (value.isNull()) {
            assertThat(figure).as(name).isNull();
        } else {
            assertThat(figure).as(name).isCloseTo(value.doubleValue(), offset(TOLERANCE));
        }
    }

    private static void assertClose(JsonNode expected, List<Double> figures) {
        assertThat(figures).hasSameSizeAs(expected);
        for (int i = 0; i < figures.size(); i++) {
            assertThat(figures.get(i)).isCloseTo(expected.get(i).doubleValue(), offset(TOLERANCE));
        }
    }

    private static FMatrixRMaj column(JsonNode numbers) {
        FMatrixRMaj column = new FMatrixRMaj(numbers.size(), 1);
        for (int row = 0; row < column.numRows; row++) {
            column.set(row, 0, numbers.get(row).intValue() / SIXTEENTHS);
        }
        return column;
    }

    private static FMatrixRMaj matrix(JsonNode rows, float parts) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows.size(), rows.get(0).size());
        for (int row = 0; row < matrix.numRows; row++) {
            for (int column = 0; column < matrix.numCols; column++) {
                matrix.set(row, column, rows.get(row).get(column).intValue() / parts);
            }
        }
        return matrix;
    }

    private static Stream<Case> cases(String kind) {
        return GOLDEN.get(kind)
                .valueStream()
                .map(node -> new Case(node.get("name").stringValue(), node));
    }
}
