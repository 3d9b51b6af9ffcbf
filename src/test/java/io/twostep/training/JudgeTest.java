package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.features.ClassTarget;
import io.twostep.features.NumberTarget;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.Functions;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes beyond scikit-learn's figures: bounds of memory, baselines, histograms, and that nothing is left to chance. */
class JudgeTest {

    private static final Functions FUNCTIONS = Arithmetic.portable().functions();
    /** Evaluations of single targets are told it. */
    private static final Loss LOSS = new Loss.MeanSquaredError();

    private static final int MANY = Ranking.MOST_NUMBERS + 1;

    @Test
    void countsTooManyScoresInBinsAndTellsHowFarItMayBeOff() {
        Ranking exact = new Ranking(100_000, 1);
        Ranking binned = new Ranking(MANY, 1);
        Random random = new Random(3);
        long positives = 0;
        for (int row = 0; row < 100_000; row++) {
            boolean positive = random.nextInt(4) == 0;
            float score = (float) (1 / (1 + Math.exp(-(random.nextGaussian() * 4 + (positive ? 3 : 0)))));
            positives += positive ? 1 : 0;
            exact.add(0, score, positive);
            binned.add(0, score, positive);
        }
        Curve right = Objects.requireNonNull(Curve.of(exact, 0, "a", positives, 100_000));
        Curve near = Objects.requireNonNull(Curve.of(binned, 0, "a", positives, 100_000));

        assertThat(exact.isExact()).isTrue();
        assertThat(binned.isExact()).isFalse();
        assertThat(near.within()).isBetween(1e-9, 1e-4);
        assertThat(near.rocAuc()).isNotEqualTo(right.rocAuc()).isCloseTo(right.rocAuc(), offset(near.within()));
        assertThat(near.averagePrecision()).isCloseTo(right.averagePrecision(), offset(1e-4));
    }

    @Test
    void keepsScoresThatDifferByOneBitApartNear0And1() {
        Ranking binned = new Ranking(MANY, 1);
        for (float score : new float[] {0, 1e-30f, 1e-6f, 1e-3f, 0.999f, 1 - 1e-6f, Math.nextDown(1f), 1}) {
            binned.add(0, score, score > 0.5f);
        }
        StringBuilder seen = new StringBuilder();

        binned.forEach(
                0,
                (threshold, positive, negative) ->
                        seen.append(positive).append(negative).append(' '));

        assertThat(seen.toString()).isEqualTo("10 10 10 10 01 01 01 01 ");
    }

    @Test
    void ranksNothingOfVeryManyRowsAndClasses() {
        Ranking none = new Ranking(100_000, 100_000);
        none.add(7, 0.5f, true);

        assertThat(none.isKnown()).isFalse();
        assertThat(Curve.of(none, 7, "a", 1, 2)).isNull();
    }

    @Test
    void takesWhatIsNoProbabilityForTheNextOne() {
        Ranking ranking = new Ranking(3, 1);
        for (float score : new float[] {Float.NaN, -1, 2}) {
            ranking.add(0, score, score > 0);
        }

        assertThat(Objects.requireNonNull(Curve.of(ranking, 0, "a", 1, 3)).rocAuc())
                .isEqualTo(1);
    }

    @Test
    void showsAtMostSomePointsOfACurve() {
        ClassCurves shown = Objects.requireNonNull(curve(1).shown());
        ClassCurves ofEight = Objects.requireNonNull(curve(8).shown());

        assertThat(shown.roc().falsePositiveRate())
                .hasSizeBetween(150, Curve.MOST_POINTS)
                .startsWith(0.0)
                .endsWith(1.0);
        assertThat(shown.roc().truePositiveRate()).startsWith(0.0).endsWith(1.0);
        assertThat(shown.precisionRecall().recall())
                .hasSizeBetween(150, Curve.MOST_POINTS)
                .endsWith(1.0);
        assertThat(shown.precisionRecall().precision()).endsWith(0.1);
        assertThat(ofEight.roc().falsePositiveRate()).hasSizeBetween(100, Curve.MOST_TOGETHER / 8);
        assertThat(curve(51).shown()).isNull();
    }

    /** That of one of so many classes. */
    private static Curve curve(int classes) {
        Random random = new Random(5);
        Ranking ranking = new Ranking(5_000, classes);
        for (int row = 0; row < 5_000; row++) {
            ranking.add(0, random.nextFloat(), row % 10 == 0);
        }
        return Objects.requireNonNull(Curve.of(ranking, 0, "a", 500, 5_000));
    }

    /** Of the training rows 3 in 4 are b. */
    @Test
    void comparesWithTheClassesOfTheTrainingRows() {
        ClassTarget target = new ClassTarget("y", List.of("a", "b"));
        Evaluation training = judge(target, new float[] {0.1f, 0.9f, 0.9f, 0.9f}, new float[] {0, 1, 1, 1}, null);

        ClassEvaluation test =
                (ClassEvaluation) judge(target, new float[] {0.1f, 0.2f, 0.9f}, new float[] {0, 0, 1}, training);

        MajorityBaseline baseline = Objects.requireNonNull(test.baseline());
        assertThat(baseline.label()).isEqualTo("b");
        assertThat(baseline.accuracy()).isCloseTo(1 / 3.0, offset(1e-12));
        assertThat(baseline.logLoss()).isCloseTo(-(2 * Math.log(0.25) + Math.log(0.75)) / 3, offset(1e-12));
        assertThat(((ClassEvaluation) judge(target, new float[] {1}, new float[] {1}, training.headline())).baseline())
                .isNull();
    }

    @Test
    void comparesWithTheMeanOfTheTrainingRows() {
        NumberTarget target = new NumberTarget("y", 3, 1, false);

        NumberEvaluation judged = (NumberEvaluation) judge(target, new float[] {1, 2, 4}, new float[] {1, 2, 6}, null);

        // Around 3: 4 + 1 + 9 = 14; around the rows' own mean 3: the same.
        MeanBaseline baseline = Objects.requireNonNull(judged.baseline());
        assertThat(baseline.mean()).isEqualTo(3);
        assertThat(baseline.rmse()).isCloseTo(Math.sqrt(14 / 3.0), offset(1e-12));
        assertThat(baseline.r2()).isCloseTo(0, offset(1e-12));
        assertThat(judged.meanResidual()).isCloseTo(2 / 3.0, offset(1e-12));
    }

    /** A standardised 0 comes back from single precision as 1e-7 or so, by which nothing can be divided. */
    @Test
    void knowsAStandardised0WhenItComesBack() {
        NumberTarget target = new NumberTarget("y", 1234.567, 89.1, true);
        float zero = (float) (-1234.567 / 89.1);
        FMatrixRMaj actual = new FMatrixRMaj(2, 1, true, zero, 0);

        Judge judge = Judge.of(target, LOSS, FUNCTIONS, 2);
        judge.add(new FMatrixRMaj(2, 1), actual, null);
        NumberEvaluation judged = (NumberEvaluation) judge.judged(0, null);

        assertThat(target.decode(actual, 0)).isNotZero();
        assertThat(judged.zeros()).isEqualTo(1);
        assertThat(judged.mape()).isZero();
    }

    @Test
    void countsResiduals() {
        ResidualTally tally = new ResidualTally();
        for (double residual : new double[] {0, -0.001, 0.1, -0.1, 3.9, 31.99, -7, Double.NaN}) {
            tally.add(residual);
        }
        Histogram histogram = tally.histogram();

        assertThat(histogram.width()).isEqualTo(1);
        assertThat(histogram.from()).isEqualTo(-7);
        assertThat(histogram.counts()).hasSize(39);
        assertThat(histogram.counts().get(0)).isEqualTo(1);
        assertThat(histogram.counts().get(6)).isEqualTo(2);
        assertThat(histogram.counts().get(7)).isEqualTo(2);
        assertThat(histogram.counts().get(10)).isEqualTo(1);
        assertThat(histogram.counts().get(38)).isEqualTo(1);
    }

    @Test
    void countsResidualsTheSameInEveryOrder() {
        double[] residuals = new Random(1)
                .doubles(1_000)
                .map(number -> Math.exp(20 * number) * (number > 0.7 ? -1 : 1))
                .toArray();
        ResidualTally forwards = new ResidualTally();
        ResidualTally backwards = new ResidualTally();
        for (int i = 0; i < residuals.length; i++) {
            forwards.add(residuals[i]);
            backwards.add(residuals[residuals.length - 1 - i]);
        }

        assertThat(forwards.histogram()).isEqualTo(backwards.histogram());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void isTheSameOnAnyNumberOfThreads(int threads) {
        Random random = new Random(11);
        FMatrixRMaj x = new FMatrixRMaj(3_000, 4);
        FMatrixRMaj y = new FMatrixRMaj(3_000, 3);
        for (int row = 0; row < x.numRows; row++) {
            for (int column = 0; column < 4; column++) {
                x.set(row, column, (float) random.nextGaussian());
            }
            y.set(row, random.nextInt(3), 1);
        }
        ClassTarget target = new ClassTarget("y", List.of("a", "b", "c"));
        Network network =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(9, new Activation.Tanh())), 4, new Task.Classes(3));
        Parameters parameters = Parameters.initialize(network, 1);

        Evaluation alone = new Evaluator(network, Arithmetic.fast(), parameters, target, new Cores(1))
                .evaluate(Examples.of(x, y), null);
        Evaluation together = new Evaluator(network, Arithmetic.fast(), parameters, target, new Cores(threads))
                .evaluate(Examples.of(x, y), null);

        assertThat(together).isEqualTo(alone);
    }

    @Test
    void agreesWithWhatAnEarlierVersionKnew() {
        ClassTarget target = new ClassTarget("y", List.of("a", "b"));
        Evaluation now = judge(target, new float[] {0.1f, 0.9f}, new float[] {0, 1}, null);
        ClassEvaluation known = (ClassEvaluation) now;
        Evaluation before = new ClassEvaluation(
                2, 0, 1, 1, known.logLoss(), null, null, null, null, null, null, null, null, null, null, null);

        assertThat(now.agreesWith(before)).isTrue();
        assertThat(now.agreesWith(now.withoutCurves())).isTrue();
        Evaluation beside = now.beside(now);
        assertThat(beside.agreesWith(now)).as("nobody tried then").isTrue();
        assertThat(beside.agreesWith(beside)).isTrue();
        assertThat(beside.agreesWith(now.beside(judge(target, new float[] {0.9f, 0.8f}, new float[] {0, 1}, null))))
                .isFalse();
        assertThat(now.agreesWith(judge(target, new float[] {0.1f, 0.8f}, new float[] {0, 1}, null)))
                .isFalse();
        assertThat(now.agreesWith(judge(new NumberTarget("y", 0, 1, false), new float[] {1}, new float[] {1}, null)))
                .isFalse();
    }

    @Test
    void listsAndCrossesOnlySoManyClasses() {
        ClassTarget target = new ClassTarget(
                "y", IntStream.range(0, 201).mapToObj(Integer::toString).toList());
        FMatrixRMaj y = new FMatrixRMaj(1, 201);
        y.set(0, 200, 1);
        Judge judge = Judge.of(target, LOSS, FUNCTIONS, 1);
        judge.add(y, y, null);
        ClassEvaluation judged = (ClassEvaluation) judge.judged(0, null);
        ClassDetail detail = Objects.requireNonNull(judged.detail());

        assertThat(judged.accuracy()).isEqualTo(1);
        assertThat(detail.classes()).isNull();
        assertThat(detail.confusion()).isNull();
        assertThat(detail.curves()).isNull();
        assertThat(detail.calibration()).hasSize(CalibrationTally.BINS);
    }

    private static Evaluation judge(
            io.twostep.features.TargetEncoder target,
            float[] predicted,
            float[] actual,
            @org.jspecify.annotations.Nullable Evaluation training) {
        Judge judge = Judge.of(target, LOSS, FUNCTIONS, actual.length);
        judge.add(
                new FMatrixRMaj(predicted.length, 1, true, predicted),
                new FMatrixRMaj(actual.length, 1, true, actual),
                null);
        return judge.judged(0, training);
    }
}
