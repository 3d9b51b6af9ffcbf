package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.sun.management.ThreadMXBean;
import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.Encoding;
import io.twostep.features.LabelsTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numbers;
import io.twostep.features.NumbersTarget;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import io.twostep.features.Texts;
import io.twostep.features.UnseenCategory;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import io.twostep.nn.Activation;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.PoissonLoss;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is different where there are several targets: which rows are used, and how each target is judged. */
class SeveralTargetsTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Functions FUNCTIONS = Arithmetic.portable().functions();
    private static final int ROWS = 60;

    @Test
    void learnsFromTheRowsThatHaveAllNumbers() {
        double[] height = numbers(row -> row + 0.5);
        double[] weight = numbers(row -> 1000 - 10.5 * row);
        height[3] = Double.NaN;
        weight[4] = Double.NaN;

        Preparation prepared = prepare(new Numbers("height", height), new Numbers("weight", weight));

        assertThat(prepared.target()).isInstanceOf(NumbersTarget.class);
        assertThat(prepared.network().outputs()).isEqualTo(2);
        assertThat(prepared.leftOut()).isEqualTo(2);
        assertThat(prepared.training().rows() + prepared.validation().rows()).isEqualTo(ROWS - 2);
        FMatrixRMaj y = outputs(prepared.training());
        for (int row = 0; row < y.numRows; row++) {
            assertThat(y.get(row, 0) + y.get(row, 1)).isCloseTo(0, offset(1e-5f));
        }
    }

    @Test
    void learnsFromTheRowsThatHaveAllLabels() {
        @Nullable String[] smokes = texts(row -> row % 2 == 0 ? "yes" : "no");
        @Nullable String[] runs = texts(row -> row % 3 == 0 ? "true" : "false");
        smokes[3] = null;
        runs[8] = null;

        Preparation prepared = prepare(new Texts("smokes", smokes), new Texts("runs", runs));

        assertThat(prepared.target()).isInstanceOf(LabelsTarget.class);
        assertThat(prepared.network().outputs()).isEqualTo(2);
        assertThat(prepared.network().outputLayer().activation()).isEqualTo(new Activation.Sigmoid());
        assertThat(prepared.leftOut()).isEqualTo(2);
    }

    @Test
    void needsRowsThatHaveAll() {
        double[] height = numbers(row -> row % 2 == 0 ? row : Double.NaN);
        double[] weight = numbers(row -> row % 2 == 0 ? Double.NaN : row);
        weight[0] = 1;

        assertThatThrownBy(() -> prepare(new Numbers("height", height), new Numbers("weight", weight)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/targets all have a value in fewer than 2 rows");
    }

    @Test
    void namesTheNumberThatTheLossDoesNotTake() {
        NetworkSpec counting = new NetworkSpec(List.of(), new OutputSpec(null, new PoissonLoss()));
        Table table =
                table(new Numbers("calls", numbers(row -> row + 0.5)), new Numbers("debts", numbers(row -> row - 7.5)));

        assertThatThrownBy(() -> Preparation.of(
                        table, recipe(counting, "calls", "debts"), ExampleStore.HEAP, TrainingListener.NONE))
                .hasMessageStartingWith("/targets/1 column \"debts\" must be >= 0 for the loss poisson");
    }

    @Test
    void judgesEachNumberAsIfItWereAlone() {
        NumbersTarget target = new NumbersTarget(List.of(
                new NumberTarget("a", 3, 2, true),
                new NumberTarget("b", 0, 1, false),
                new NumberTarget("c", -1000, 50, true)));
        Loss loss = new Loss.Huber(0.5);
        FMatrixRMaj said = random(1, 600, 3);
        FMatrixRMaj is = random(2, 600, 3);

        NumbersEvaluation judged = (NumbersEvaluation) judge(target, loss, said, is, 600);

        assertThat(judge(target, loss, said, is, 7)).usingRecursiveComparison().isEqualTo(judged);
        double sum = 0;
        for (int output = 0; output < 3; output++) {
            NumberTarget one = target.targets().get(output);
            NumberEvaluation alone = (NumberEvaluation) judge(one, loss, column(said, output), column(is, output), 600);
            NumberEvaluation found =
                    (NumberEvaluation) Objects.requireNonNull(judged.targets()).get(one.column());
            assertThat(found).usingRecursiveComparison().ignoringFields("loss").isEqualTo(alone);
            assertThat(found.loss()).isEqualTo(loss.total(FUNCTIONS, column(said, output), column(is, output)) / 600);
            sum += found.rmse();
        }
        assertThat(judged.rmse()).isCloseTo(sum / 3, offset(1e-9));
        assertThat(judged.headline().targets()).isNull();
        assertThat(judged.agreesWith(judged)).isTrue();
        assertThat(judged.agreesWith(judge(target, loss, is, said, 600))).isFalse();
    }

    @Test
    void judgesEachLabelAsIfItWereAlone() {
        LabelsTarget target = labels(3);
        Loss loss = new Loss.BinaryCrossEntropy();
        FMatrixRMaj said = probabilities(3, 500, 3);
        FMatrixRMaj is = drawn(4, said);

        LabelsEvaluation judged = (LabelsEvaluation) judge(target, loss, said, is, 500);

        assertThat(judge(target, loss, said, is, 11).withoutCurves())
                .usingRecursiveComparison()
                .isEqualTo(judged.withoutCurves());
        for (int output = 0; output < 3; output++) {
            ClassTarget one = target.targets().get(output);
            Evaluation alone = judge(one, loss, column(said, output), column(is, output), 500);
            assertThat(Objects.requireNonNull(judged.targets()).get(one.column()))
                    .usingRecursiveComparison()
                    .ignoringFields("loss")
                    .isEqualTo(alone);
        }
        assertThat(judged.headline().targets()).isNull();
        assertThat(judged.agreesWith(judged.withoutCurves())).isTrue();
    }

    /** Of the validation rows a baseline is what the training rows make likely. */
    @Test
    void takesTheBaselineOfEachFromTheTrainingRows() {
        LabelsTarget target = labels(2);
        Loss loss = new Loss.BinaryCrossEntropy();
        FMatrixRMaj all = new FMatrixRMaj(4, 2, true, 1, 0, 1, 0, 1, 0, 0, 1);
        Evaluation training = judge(target, loss, all, all, 4);
        FMatrixRMaj none = new FMatrixRMaj(2, 2);
        Judge judge = Judge.of(target, loss, FUNCTIONS, 2);
        judge.add(none, none, null);

        LabelsEvaluation judged = (LabelsEvaluation) judge.judged(0, training);

        assertThat(baseline(judged, "y0").label()).isEqualTo("yes");
        assertThat(baseline(judged, "y0").accuracy()).isZero();
        assertThat(baseline(judged, "y1").label()).isEqualTo("no");
        assertThat(baseline(judged, "y1").accuracy()).isEqualTo(1);
    }

    private static MajorityBaseline baseline(LabelsEvaluation judged, String name) {
        return Objects.requireNonNull(
                ((ClassEvaluation) Objects.requireNonNull(judged.targets()).get(name)).baseline());
    }

    @Test
    void weighsTheLossOfEach() {
        NumbersTarget target =
                new NumbersTarget(List.of(new NumberTarget("a", 0, 1, false), new NumberTarget("b", 0, 1, false)));
        Judge judge = Judge.of(target, new Loss.MeanSquaredError(), FUNCTIONS, 2);
        judge.add(
                new FMatrixRMaj(2, 2, true, 1, 2, 3, 4),
                new FMatrixRMaj(2, 2),
                new FMatrixRMaj(2, 1, true, 1.5f, 0.5f));

        NumbersEvaluation judged = (NumbersEvaluation) judge.judged(0, null);

        assertThat(Objects.requireNonNull(judged.targets()).values().stream().map(Evaluation::loss))
                .containsExactly((1.5 * 1 + 0.5 * 9) / 2, (1.5 * 4 + 0.5 * 16) / 2);
        assertThat(judged.mae()).isEqualTo((2 + 3) / 2.0);
    }

    @Test
    void isNotFiniteWhereMeansAreTooLarge() {
        NumbersTarget target =
                new NumbersTarget(List.of(new NumberTarget("a", 0, 1e153, true), new NumberTarget("b", 0, 1, false)));
        FMatrixRMaj is = new FMatrixRMaj(2, 2, true, 1, 1, -1, 2);

        assertThat(judge(target, new Loss.MeanSquaredError(), new FMatrixRMaj(2, 2), is, 2)
                        .allFinite())
                .isTrue();
        FMatrixRMaj far = new FMatrixRMaj(2, 2, true, 1e10f, 1, -1e10f, 2);
        assertThat(judge(target, new Loss.MeanSquaredError(), new FMatrixRMaj(2, 2), far, 2)
                        .allFinite())
                .isFalse();
    }

    /** The probabilities of all labels are ranked in one memory. */
    @Test
    void takesNoMoreMemoryThanItSays() {
        int rows = 30_000;
        LabelsTarget target = labels(100);
        Network network = Network.of(NetworkSpec.hidden(), 1, new Task.Labels(100));
        Judge warm = Judge.of(target, network.loss(), FUNCTIONS, rows);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        Judge judge = Judge.of(target, network.loss(), FUNCTIONS, rows);
        double taken = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(judge).isNotSameAs(warm);
        assertThat(taken).isBetween((double) Ranking.MOST_NUMBERS * Float.BYTES / 2, Judge.bytes(rows, network));
    }

    private static Evaluation judge(TargetEncoder target, Loss loss, FMatrixRMaj said, FMatrixRMaj is, int block) {
        Judge judge = Judge.of(target, loss, FUNCTIONS, is.numRows);
        for (int from = 0; from < is.numRows; from += block) {
            int to = Math.min(is.numRows, from + block);
            judge.add(rows(said, from, to), rows(is, from, to), null);
        }
        return judge.judged(0, null);
    }

    private static FMatrixRMaj rows(FMatrixRMaj matrix, int from, int to) {
        return new FMatrixRMaj(
                to - from,
                matrix.numCols,
                true,
                Arrays.copyOfRange(matrix.data, from * matrix.numCols, to * matrix.numCols));
    }

    private static FMatrixRMaj column(FMatrixRMaj matrix, int column) {
        return CommonOps_FDRM.extractColumn(matrix, column, null);
    }

    private static LabelsTarget labels(int count) {
        return new LabelsTarget(IntStream.range(0, count)
                .mapToObj(i -> new ClassTarget("y" + i, List.of("no", "yes")))
                .toList());
    }

    private static FMatrixRMaj random(long seed, int rows, int columns) {
        Random random = new Random(seed);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }

    private static FMatrixRMaj probabilities(long seed, int rows, int columns) {
        FMatrixRMaj matrix = random(seed, rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = (float) (1 / (1 + Math.exp(-matrix.data[i])));
        }
        return matrix;
    }

    /** What may come true where these are the probabilities. */
    private static FMatrixRMaj drawn(long seed, FMatrixRMaj probabilities) {
        Random random = new Random(seed);
        FMatrixRMaj drawn = new FMatrixRMaj(probabilities.numRows, probabilities.numCols);
        for (int i = 0; i < drawn.data.length; i++) {
            drawn.data[i] = random.nextFloat() < probabilities.data[i] ? 1 : 0;
        }
        return drawn;
    }

    private static FMatrixRMaj outputs(Examples examples) {
        FMatrixRMaj y = new FMatrixRMaj(examples.rows(), examples.outputs());
        examples.copy(0, new FMatrixRMaj(examples.rows(), examples.inputs()), y);
        return y;
    }

    private static Preparation prepare(ColumnData one, ColumnData other) {
        return Preparation.of(
                table(one, other),
                recipe(NetworkSpec.hidden(), one.name(), other.name()),
                ExampleStore.HEAP,
                TrainingListener.NONE);
    }

    private static Table table(ColumnData one, ColumnData other) {
        return new Table(List.of(new Numbers("x", numbers(row -> row)), one, other));
    }

    private static Recipe recipe(NetworkSpec network, String... targets) {
        return new Recipe(
                null,
                List.of(targets),
                null,
                List.of("x"),
                UnseenCategory.OTHER,
                Encoding.DEFAULT,
                network,
                new SplitShares(0.2, 0),
                new TrainingSpec(new Sgd(0.1), 1, 8, Regularizer.NONE, StoppingRule.NONE, 5),
                null,
                null,
                "portable",
                false);
    }

    private static double[] numbers(IntToDoubleFunction of) {
        return IntStream.range(0, ROWS).mapToDouble(of).toArray();
    }

    private static @Nullable String[] texts(IntFunction<String> of) {
        return IntStream.range(0, ROWS).mapToObj(of).toArray(String[]::new);
    }
}
