package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numbers;
import io.twostep.features.SplitPart;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowWeightsTest {

    private static final Texts LABELS = new Texts("label", new String[] {"a", "a", "a", "b", "c", "b"});
    private static final ClassTarget CLASSES = ClassTarget.fit(LABELS);
    private static final int[] TRAINING = {0, 1, 2, 3, 4};
    private static final RowPlaces PLACES = new RowPlaces(LABELS.rows(), 0);
    private static final Offset<Float> ROUNDING = Offset.offset(1e-6f);

    @Test
    void balancesClassesAsScikitLearn() {
        // compute_class_weight("balanced", classes=[a, b, c], y=[a, a, a, b, c]) = [0.5555, 1.6666, 1.6666]
        float[] weights = weights(ClassWeights.BALANCED, null).of(TRAINING, SplitPart.TRAINING);

        assertThat(weights).containsExactly(new float[] {5 / 9f, 5 / 9f, 5 / 9f, 5 / 3f, 5 / 3f}, ROUNDING);
    }

    @Test
    void scalesToAMeanOfOneOverTheRowsOfEachPart() {
        Numbers sample = new Numbers("w", new double[] {1, 2, 3, 4, 0, 7e-320});

        float[] weights = weights(null, sample).of(TRAINING, SplitPart.TRAINING);
        float[] others = weights(null, sample).of(new int[] {5}, SplitPart.VALIDATION);

        assertThat(weights).containsExactly(new float[] {0.5f, 1, 1.5f, 2, 0}, ROUNDING);
        assertThat(others).containsExactly(new float[] {1}, ROUNDING);
    }

    @Test
    void multipliesClassAndSample() {
        Numbers sample = new Numbers("w", new double[] {2, 2, 2, 2, 1, 1});

        float[] weights = weights(new ClassWeights(Map.of("b", 3.0)), sample).of(TRAINING, SplitPart.TRAINING);

        assertThat(weights[3] / weights[0]).isCloseTo(3, ROUNDING);
        assertThat(weights[4] / weights[0]).isCloseTo(0.5f, ROUNDING);
    }

    @Test
    void staysFiniteForHugeWeights() {
        Numbers sample = new Numbers("w", new double[] {1e100, 1e100, 1e100, 1e100, 1e100, 1e100});

        float[] weights = weights(new ClassWeights(Map.of("a", 1e100)), sample).of(TRAINING, SplitPart.TRAINING);

        assertThat(weights).containsExactly(new float[] {5 / 3f, 5 / 3f, 5 / 3f, 0, 0}, ROUNDING);
    }

    @Test
    void refusesLabelsThatNoTrainingRowHas() {
        Texts labels = new Texts("label", new String[] {"Adelie", "Gentoo", "Gentoo"});
        ClassWeights weights = new ClassWeights(Map.of("gentoo", 2.0, "Adelie", 1.0));

        assertThatThrownBy(() -> new RowWeights(
                        ClassTarget.fit(labels), table(labels), weights, null, new int[] {0, 1, 2}, PLACES))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/class_weights/gentoo \"gentoo\" is no class of the training rows"
                        + " (did you mean \"Gentoo\"?)");
    }

    @Test
    void refusesClassesOfANumber() {
        Numbers wanted = new Numbers("price", new double[] {1, 2.5, 3});

        assertThatThrownBy(() -> new RowWeights(
                        NumberTarget.fit(wanted, true),
                        table(wanted),
                        ClassWeights.BALANCED,
                        null,
                        new int[] {0, 1, 2},
                        PLACES))
                .hasMessageContaining("/class_weights asks for the classes of one target");
    }

    @Test
    void namesTheRowWithoutAGoodWeight() {
        refuses(Double.NaN, "has none in row 3");
        refuses(-0.5, "has -0.5 in row 3");
        refuses(Double.POSITIVE_INFINITY, "has Infinity in row 3");
    }

    private static void refuses(double weight, String told) {
        Numbers sample = new Numbers("w", new double[] {1, 1, 1, weight, 1, 1});
        assertThatThrownBy(() -> weights(null, sample).of(TRAINING, SplitPart.TRAINING))
                .hasMessageContaining("/sample_weight column \"w\" must have a number from 0 to 1e100")
                .hasMessageContaining(told);
    }

    @Test
    void refusesPartsThatDoNotCount() {
        Numbers sample = new Numbers("w", new double[] {1, 0, 0, 0, 0, 0});

        assertThatThrownBy(() -> weights(null, sample).of(new int[] {4, 5}, SplitPart.VALIDATION))
                .hasMessage("/sample_weight leaves no validation row a weight above 0");
        assertThatThrownBy(() ->
                        weights(new ClassWeights(Map.of("a", 0.0)), sample).of(TRAINING, SplitPart.TRAINING))
                .hasMessage("/sample_weight leaves no training row a weight above 0");
    }

    /** A weight of 3 is as good as the row three times, for the loss and for what is learned from full batches. */
    @Test
    void countsAsRepeatedRows() {
        int[] times = {1, 3, 2, 0, 1, 2};
        int[] repeated = IntStream.range(0, times.length)
                .flatMap(row -> IntStream.range(0, times[row]).map(again -> row))
                .toArray();
        int[] all = IntStream.range(0, times.length).toArray();
        float[] weights = new float[times.length];
        for (int row = 0; row < times.length; row++) {
            weights[row] = times[row] * times.length / (float) repeated.length;
        }

        Run weighted = train(new WeightedExamples(examples(all), weights));
        Run plain = train(examples(repeated));

        assertThat(weighted.loss).isCloseTo(plain.loss, Offset.offset(1e-6));
        for (int m = 0; m < plain.parameters.matrices().size(); m++) {
            assertThat(weighted.parameters.matrices().get(m).data)
                    .containsExactly(plain.parameters.matrices().get(m).data, Offset.offset(1e-5f));
        }
    }

    private record Run(Parameters parameters, double loss) {}

    private static Run train(Examples examples) {
        Network network =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(4, new Activation.Tanh())), 2, new Task.Classes(3));
        TrainingSpec spec =
                new TrainingSpec(Sgd.of(0.1), 20, Integer.MAX_VALUE, Regularizer.NONE, StoppingRule.NONE, 7);
        double[] loss = {0};
        TrainingListener listener = new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                assertThat(report.validationLoss()).isNotNull();
                loss[0] = report.trainLoss() + report.validationLoss();
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
        TrainingResult result = new Trainer(
                        network,
                        Arithmetic.portable(),
                        spec,
                        examples,
                        examples,
                        listener,
                        System::nanoTime,
                        new Cores(1))
                .train();
        return new Run(result.parameters(), loss[0]);
    }

    private static Examples examples(int[] rows) {
        FMatrixRMaj x = new FMatrixRMaj(rows.length, 2);
        FMatrixRMaj y = new FMatrixRMaj(rows.length, 3);
        for (int i = 0; i < rows.length; i++) {
            x.set(i, 0, rows[i] * 0.3f);
            x.set(i, 1, rows[i] % 2);
            y.set(i, rows[i] % 3, 1);
        }
        return Examples.of(x, y);
    }

    private static RowWeights weights(@Nullable ClassWeights classes, @Nullable Numbers sample) {
        return new RowWeights(CLASSES, table(LABELS), classes, sample, TRAINING, PLACES);
    }

    private static Table table(ColumnData wanted) {
        return new Table(List.of(wanted));
    }
}
