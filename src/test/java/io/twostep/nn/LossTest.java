package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.error.InvalidValueException;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ends and edges of losses; their gradients between these are those of {@link GradientsTest}. */
class LossTest {

    private static final Functions FUNCTIONS = Arithmetic.portable().functions();
    private static final Offset<Float> CLOSE = offset(1e-6f);
    private static final Loss BINARY = new Loss.BinaryCrossEntropy();
    private static final Loss CATEGORICAL = new Loss.CategoricalCrossEntropy();

    @Test
    void focalIsCrossEntropyWhereGammaIs0() {
        Loss focal = new FocalLoss(0);
        assertSame(focal, BINARY, column(0.2f, 0.9f, 0, 1), column(1, 1, 1, 0));
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{0.2f, 0.3f, 0.5f}, {1, 0, 0}});
        assertSame(focal, CATEGORICAL, a, new FMatrixRMaj(new float[][] {{0, 0, 1}, {0, 1, 0}}));
    }

    private static void assertSame(Loss one, Loss other, FMatrixRMaj predicted, FMatrixRMaj actual) {
        assertThat(one.total(FUNCTIONS, predicted, actual)).isEqualTo(other.total(FUNCTIONS, predicted, actual));
        assertThat(slopes(one, predicted, actual)).containsExactly(slopes(other, predicted, actual), CLOSE);
    }

    /** Certain and right, certain and wrong. */
    @Test
    void focalIsFiniteAtBothEnds() {
        for (double gamma : new double[] {0, 0.5, 1, 2, 100}) {
            Loss focal = new FocalLoss(gamma);
            assertThat(slopes(focal, column(1, 0, 0, 1), column(1, 0, 1, 0))).containsExactly(0, 0, -1, 1);
            assertThat(focal.total(FUNCTIONS, column(1, 0), column(1, 0))).isZero();
            assertThat(focal.total(FUNCTIONS, column(0), column(1))).isBetween(17.0, 18.0);
            FMatrixRMaj a = new FMatrixRMaj(new float[][] {{1, 0}, {1, 0}});
            FMatrixRMaj y = new FMatrixRMaj(new float[][] {{1, 0}, {0, 1}});
            assertThat(slopes(focal, a, y)).containsExactly(0, 0, 1, -1);
        }
    }

    @Test
    void logCoshOfFarResidualsIsTheirSize() {
        Loss loss = new LogCosh();
        assertThat(loss.total(FUNCTIONS, column(0), column(1e30f))).isEqualTo((double) 1e30f);
        assertThat(loss.total(FUNCTIONS, column(1), column(1))).isZero();
        assertThat(plainSlopes(loss, column(0, 0, 1), column(1e30f, -1e30f, 1))).containsExactly(-1, 1, 0);
    }

    @Test
    void quantileWeighsBothSides() {
        Loss loss = new QuantileLoss(0.75);
        assertThat(loss.total(FUNCTIONS, column(0, 0, 5), column(2, -2, 5))).isEqualTo(2 * 0.75 + 2 * 0.25);
        assertThat(plainSlopes(loss, column(0, 0, 5), column(2, -2, 5))).containsExactly(-0.75f, 0.25f, 0);
    }

    /** A softplus far below 0 is 0 in single precision. */
    @Test
    void poissonIsFiniteWhereTheRateIs0() {
        Loss loss = new PoissonLoss();
        assertThat(loss.total(FUNCTIONS, column(0, 0), column(0, 3))).isCloseTo(3 * 18.420681, offset(1e-5));
        assertThat(plainSlopes(loss, column(0), column(3))[0]).isFinite();
    }

    @Test
    void smoothingSpreadsAShareOverAllClasses() {
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{0.25f, 0.25f, 0.5f}});
        FMatrixRMaj y = new FMatrixRMaj(new float[][] {{0, 0, 1}});
        Loss smooth = new Loss.CategoricalCrossEntropy(0.3);
        assertThat(smooth.total(FUNCTIONS, a, y)).isCloseTo(0.8 * Math.log(2) + 0.2 * Math.log(4), offset(1e-12));
        assertThat(slopes(smooth, a, y)).containsExactly(new float[] {0.15f, 0.15f, -0.3f}, CLOSE);
        assertThat(slopes(new Loss.BinaryCrossEntropy(0.5), column(0.5f), column(1)))
                .containsExactly(-0.25f);
    }

    @Test
    void letsWhatHasDivergedBeSeen() {
        FMatrixRMaj lost = column(Float.NaN);
        Stream.of(new LogCosh(), new QuantileLoss(0.5), new PoissonLoss()).forEach(loss -> {
            assertThat(loss.total(FUNCTIONS, lost, column(1))).as("%s", loss).isNaN();
            assertThat(plainSlopes(loss, lost, column(1))).as("%s", loss).containsExactly(Float.NaN);
        });
        assertThat(new FocalLoss(2).total(FUNCTIONS, lost, column(1))).isNaN();
        assertThat(slopes(new FocalLoss(2), lost, column(1))).containsExactly(Float.NaN);
    }

    static Stream<Loss> losses() {
        return Stream.of(
                new LogCosh(),
                new QuantileLoss(0.3),
                new PoissonLoss(),
                new FocalLoss(2),
                new Loss.BinaryCrossEntropy(0.1));
    }

    /** The loss and the gradient of a row are the same alone and among others. */
    @ParameterizedTest
    @MethodSource("losses")
    void judgesEachRowForItself(Loss loss) {
        FMatrixRMaj a = column(0.1f, 0.5f, 0.8f);
        FMatrixRMaj y = column(1, 0, 1);
        float[] together = slopesOf(loss, a, y);
        for (int row = 0; row < 3; row++) {
            FMatrixRMaj alone = column(a.data[row]);
            assertThat(slopesOf(loss, alone, column(y.data[row]))).containsExactly(together[row]);
            assertThat(loss.total(FUNCTIONS, a, y, row, row + 1))
                    .isEqualTo(loss.total(FUNCTIONS, alone, column(y.data[row])));
        }
    }

    @Test
    void meetsOnlyOutputsThatItCanMeasure() {
        for (Activation output : new Activation[] {new Activation.Identity(), new Activation.Relu()}) {
            assertThatThrownBy(() -> new OutputSpec(output, new PoissonLoss()))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("poisson with exponential or softplus");
        }
        assertThatThrownBy(() -> new OutputSpec(null, new FocalLoss(2)).resolve(new Task.Numbers(1)))
                .hasMessageContaining("focal compares classes, but the target is a number");
        assertThatThrownBy(() -> new OutputSpec(null, new PoissonLoss()).resolve(new Task.Classes(5)))
                .hasMessageContaining("unless task is regression");
        assertThat(new OutputSpec(null, new PoissonLoss())
                        .resolve(new Task.Numbers(1))
                        .activation())
                .isEqualTo(new Activation.Exponential());
        assertThat(new OutputSpec(null, new FocalLoss(2))
                        .resolve(new Task.Classes(2))
                        .activation())
                .isEqualTo(new Activation.Sigmoid());
        assertThat(new OutputSpec(null, new FocalLoss(2))
                        .resolve(new Task.Classes(3))
                        .activation())
                .isEqualTo(new Activation.Softmax());
    }

    private static float[] slopesOf(Loss loss, FMatrixRMaj predicted, FMatrixRMaj actual) {
        return loss.ofClasses() ? slopes(loss, predicted, actual) : plainSlopes(loss, predicted, actual);
    }

    private static float[] slopes(Loss loss, FMatrixRMaj predicted, FMatrixRMaj actual) {
        FMatrixRMaj gradient = predicted.createLike();
        loss.fusedGradient(FUNCTIONS, predicted, actual, gradient);
        return withoutSignOfZero(gradient.data);
    }

    private static float[] plainSlopes(Loss loss, FMatrixRMaj predicted, FMatrixRMaj actual) {
        FMatrixRMaj gradient = predicted.createLike();
        loss.gradient(FUNCTIONS, predicted, actual, gradient);
        return withoutSignOfZero(gradient.data);
    }

    private static FMatrixRMaj column(float... numbers) {
        return new FMatrixRMaj(numbers.length, 1, true, numbers);
    }

    private static float[] withoutSignOfZero(float[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += 0f;
        }
        return numbers;
    }

    @Test
    void labelsHaveASigmoidEach() {
        OutputSpec.Output found = OutputSpec.FROM_TARGET.resolve(new Task.Labels(4));

        assertThat(found).isEqualTo(new OutputSpec.Output(new Activation.Sigmoid(), BINARY, 4));
        assertThat(BINARY.divisor(10, 4)).isEqualTo(40);
        assertThat(new OutputSpec(null, new Loss.BinaryCrossEntropy(0.1))
                        .resolve(new Task.Labels(4))
                        .loss())
                .isEqualTo(new Loss.BinaryCrossEntropy(0.1));
        assertThatThrownBy(() -> new OutputSpec(new Activation.Softmax(), null).resolve(new Task.Labels(4)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/output/activation must be sigmoid");
        assertThatThrownBy(() -> new OutputSpec(null, new FocalLoss(2)).resolve(new Task.Labels(4)))
                .hasMessageStartingWith("/output/loss must be binary_cross_entropy");
    }

    @Test
    void totalsRowsByTheirWeights() {
        Loss loss = new Loss.MeanSquaredError();
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{1, 2}, {3, 4}});
        FMatrixRMaj y = new FMatrixRMaj(2, 2);

        assertThat(loss.total(FUNCTIONS, a, y, null)).isEqualTo(30);
        assertThat(loss.total(FUNCTIONS, a, y, new FMatrixRMaj(2, 1, true, 2, 0.5f)))
                .isEqualTo(2 * 5 + 25 / 2.0);
    }
}
