package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.Encoding;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numbers;
import io.twostep.features.Split;
import io.twostep.features.SplitRule;
import io.twostep.features.Table;
import io.twostep.features.TableSource;
import io.twostep.features.Texts;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.PoissonLoss;
import io.twostep.nn.Regularizer;
import io.twostep.web.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreparationTest {

    private static final int ROWS = 60;
    private static final long SEED = 5;

    @Test
    void fitsOnTheTrainingRowsAlone() {
        Recipe recipe = recipe("kind", NetworkSpec.hidden());
        Preparation before = prepare(table(), recipe);
        Split split = Split.random(ROWS, 0.2, 0.2, SEED);
        double[] sizes = sizes();
        @Nullable String[] colors = colors();
        for (int row : concat(split.validation(), split.test())) {
            sizes[row] = 1e6 * row;
            colors[row] = "never seen " + row;
        }
        Preparation after = prepare(table(sizes, colors, kinds()), recipe);
        assertThat(after.features()).isEqualTo(before.features());
        assertThat(after.target()).isEqualTo(before.target());
        assertThat(inputs(after.training())).isEqualTo(inputs(before.training()));
        assertThat(inputs(after.validation())).isNotEqualTo(inputs(before.validation()));
    }

    @Test
    void usesEveryRowOnce() {
        Preparation prepared = prepare(table(), recipe("kind", NetworkSpec.hidden()));
        assertThat(prepared.training().rows()).isEqualTo(36);
        assertThat(prepared.validation().rows()).isEqualTo(12);
        assertThat(prepared.test().rows()).isEqualTo(12);
        assertThat(prepared.leftOut()).isZero();
    }

    @Test
    void leavesOutRowsWithoutATargetAndLabelsThatNoTrainingRowHas() {
        @Nullable String[] kinds = kinds();
        kinds[7] = null;
        kinds[validationRow(kinds)] = "only here";
        Preparation prepared = prepare(table(sizes(), colors(), kinds), recipe("kind", NetworkSpec.hidden()));
        assertThat(prepared.leftOut()).isEqualTo(2);
        assertThat(((ClassTarget) prepared.target()).labels()).containsExactly("even", "odd");
    }

    @Test
    void dividesRowsByAColumnThatIsNotLearnedFrom() {
        @Nullable String[] kinds = kinds();
        kinds[7] = null;
        @Nullable String[] parts = new @Nullable String[ROWS];
        for (int row = 0; row < ROWS; row++) {
            parts[row] = row < 40 ? "train" : row < 55 ? "validation" : "test";
        }
        List<ColumnData> columns =
                new ArrayList<>(table(sizes(), colors(), kinds).columns());
        columns.add(new Texts("part", parts));
        Recipe shares = recipe("kind", NetworkSpec.hidden());
        Recipe said = new Recipe(
                Objects.requireNonNull(shares.target()),
                shares.task(),
                shares.features(),
                shares.unseen(),
                shares.encoding(),
                shares.network(),
                new SplitShares(0, 0, new SplitRule.Column("part")),
                shares.training(),
                shares.arithmetic());

        Preparation prepared = prepare(new Piecewise(new Table(columns), 7), said);

        assertThat(prepared.training().rows()).isEqualTo(39);
        assertThat(prepared.validation().rows()).isEqualTo(15);
        assertThat(prepared.test().rows()).isEqualTo(5);
        assertThat(prepared.leftOut()).isEqualTo(1);
    }

    @Test
    void standardisesANumberBeforeAStraightOutputOnly() {
        NetworkSpec bent =
                new NetworkSpec(List.of(), new OutputSpec(new Activation.Softplus(), new Loss.MeanSquaredError()));
        assertThat(((NumberTarget) prepare(table(), recipe("size", NetworkSpec.hidden()))
                                .target())
                        .scaled())
                .isTrue();
        assertThat(((NumberTarget) prepare(table(), recipe("size", bent)).target()).scaled())
                .isFalse();
    }

    @Test
    void countsAreLearnedAsTheyAre() {
        NetworkSpec counting = new NetworkSpec(List.of(), new OutputSpec(null, new PoissonLoss()));
        NumberTarget target =
                (NumberTarget) prepare(table(), recipe("size", counting)).target();
        assertThat(target.scaled()).isFalse();

        double[] sizes = sizes();
        sizes[ROWS - 1] = -0.5;
        assertThatThrownBy(() -> prepare(table(sizes, colors(), kinds()), recipe("size", counting)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("/target")
                .hasMessageContaining("\"size\" must be >= 0 for the loss poisson but holds -0.5");
    }

    @Test
    void refusesABlockThatTheInputsDoNotFit() {
        NetworkSpec wide = NetworkSpec.hidden(new LayerSpec.Residual(
                List.of(LayerSpec.Dense.of(9, new Activation.Tanh())), new Activation.Identity()));
        assertThatThrownBy(() -> prepare(table(), recipe("kind", wide)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("/network/layers/0 takes the network's 4 inputs, but gives 9 units");
    }

    @Test
    void refusesATargetWithoutValues() {
        Table empty = table(sizes(), colors(), new @Nullable String[ROWS]);
        assertThatThrownBy(() -> prepare(empty, recipe("kind", NetworkSpec.hidden())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("/target");
    }

    @Test
    void encodesEachPartAsAWhole() {
        @Nullable String[] kinds = kinds();
        kinds[7] = null;
        kinds[validationRow(kinds)] = "only here";
        Table table = table(sizes(), colors(), kinds);
        Recipe recipe = recipe("kind", NetworkSpec.hidden());
        Preparation prepared = prepare(new Piecewise(table, 7), recipe);

        Table labelled = table.rows(table.column("kind").presentRows());
        Split split = Split.random(ROWS - 1, 0.2, 0.2, SEED);
        Table training = labelled.rows(split.training());
        assertThat(prepared.features()).isEqualTo(FeatureEncoder.fit(training, List.of("size", "color")));
        assertThat(prepared.target()).isEqualTo(ClassTarget.fit(training.column("kind")));
        assertEncodes(prepared, prepared.training(), training);
        assertEncodes(prepared, prepared.validation(), labelled.rows(split.validation()));
        assertEncodes(prepared, prepared.test(), labelled.rows(split.test()));
    }

    @Test
    void namesTheRowOfTheTableThatCannotBeEncoded() {
        @Nullable String[] kinds = kinds();
        kinds[0] = null;
        kinds[1] = null;
        int row = validationRow(kinds);
        @Nullable String[] colors = colors();
        colors[row] = "never seen";
        Recipe strict = recipe("kind", NetworkSpec.hidden(), UnseenCategory.REJECT);

        assertThatThrownBy(() -> prepare(new Piecewise(table(sizes(), colors, kinds), 7), strict))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/%d/color column \"color\": \"never seen\" is none of the categories in training", row);
    }

    @Test
    void encodesTrainingRowsOutOfFoldAndAllOthersAsAtPrediction() {
        Encoding means = encoding("{'category':'target_mean'}");
        Table table = table(sizes(), ids(), kinds());
        Preparation prepared = prepare(new Piecewise(table, 7), recipe("kind", NetworkSpec.hidden(), means));

        Split split = Split.random(ROWS, 0.2, 0.2, SEED);
        assertEncodes(prepared, prepared.validation(), table.rows(split.validation()));
        assertEncodes(prepared, prepared.test(), table.rows(split.test()));
        FMatrixRMaj served = new FMatrixRMaj(prepared.training().rows(), 2);
        prepared.features().encode(table.rows(split.training()), served);
        float[] learned = inputs(prepared.training());
        assertThat(learned).isNotEqualTo(served.data);
        for (int row = 0; row < served.numRows; row++) {
            assertThat(learned[2 * row]).as("the other column").isEqualTo(served.data[2 * row]);
        }
        assertThat(inputs(prepare(table, recipe("kind", NetworkSpec.hidden(), means))
                        .training()))
                .as("whatever the pieces")
                .isEqualTo(learned);
    }

    /** Each group has a category of its own, so that other rows of the group would be all that is known of it. */
    @Test
    void learnsNothingOfAGroupFromItself() {
        Encoding means = encoding("{'category':{'type':'target_mean','smoothing':0}}");
        Recipe byRow = recipe("kind", NetworkSpec.hidden(), means);
        Recipe byGroup = new Recipe(
                Objects.requireNonNull(byRow.target()),
                byRow.task(),
                byRow.features(),
                byRow.unseen(),
                byRow.encoding(),
                byRow.network(),
                new SplitShares(0.2, 0.2, new SplitRule.Group("color")),
                byRow.training(),
                byRow.arithmetic());
        Table table = table(sizes(), ids(), kinds());

        float[] learned = inputs(prepare(new Piecewise(table, 7), byGroup).training());
        float[] leaking = inputs(prepare(table, byRow).training());

        for (int row = 0; row < learned.length / 2; row++) {
            assertThat(learned[2 * row + 1])
                    .as("nothing, not even by the mean of all others")
                    .isZero();
        }
        double lowest = IntStream.range(0, leaking.length / 2)
                .mapToDouble(row -> leaking[2 * row + 1])
                .min()
                .orElseThrow();
        assertThat(lowest).as("by row, that of the group").isLessThan(-0.9);
    }

    @Test
    void learnsNothingFromOtherTables() {
        Recipe plain = recipe("kind", NetworkSpec.hidden());
        Recipe recipe = new Recipe(
                Objects.requireNonNull(plain.target()),
                plain.task(),
                plain.features(),
                plain.unseen(),
                plain.encoding(),
                plain.network(),
                new SplitShares(0, 0, new SplitRule.Random(), "ds_validation", "ds_test"),
                plain.training(),
                plain.arithmetic());
        @Nullable String[] kinds = kinds();
        kinds[3] = null;
        kinds[5] = "unknown";
        Table other = table(new double[ROWS], ids(), kinds);
        OtherRows others = new OtherRows(new Piecewise(other, 11), table());

        Preparation alone = Preparation.of(
                table(),
                OtherRows.NONE,
                withShares(plain, new SplitShares(0, 0)),
                ExampleStore.HEAP,
                TrainingListener.NONE);
        Preparation prepared =
                Preparation.of(new Piecewise(table(), 7), others, recipe, ExampleStore.HEAP, TrainingListener.NONE);

        assertThat(prepared.features()).isEqualTo(alone.features());
        assertThat(prepared.target()).isEqualTo(alone.target());
        assertThat(inputs(prepared.training())).isEqualTo(inputs(alone.training()));
        assertThat(inputs(prepared.test())).as("the same rows").isEqualTo(inputs(alone.training()));
        assertThat(prepared.validation().rows()).isEqualTo(ROWS - 2);
        assertThat(prepared.leftOut()).isEqualTo(2);
    }

    @Test
    void refusesOtherTablesOfWhichNoRowCanBeJudged() {
        @Nullable
        String[] loud = IntStream.range(0, ROWS)
                .mapToObj(row -> row == 0 ? null : row % 2 == 0 ? "Even" : "Odd")
                .toArray(String[]::new);
        Table other = table(sizes(), colors(), loud);
        Table unlabelled = table(sizes(), colors(), new @Nullable String[ROWS]);
        Recipe recipe = withShares(recipe("kind", NetworkSpec.hidden()), bothElsewhere());

        refuses(
                new OtherRows(other, table()),
                recipe,
                "/split/validation_dataset has no row whose target a training row"
                        + " has: one has \"Odd\" (did you mean \"odd\"?)");
        refuses(
                new OtherRows(table(), other),
                recipe,
                "/split/test_dataset has no row whose target a training row"
                        + " has: one has \"Odd\" (did you mean \"odd\"?)");
        refuses(new OtherRows(unlabelled, table()), recipe, "/split/validation_dataset has no row with a target");
    }

    @Test
    void refusesAPartThatARuleMadeOfRowsThatCannotBeJudged() {
        @Nullable String[] kinds = kinds();
        @Nullable String[] parts = new @Nullable String[ROWS];
        for (int row = 0; row < ROWS; row++) {
            parts[row] = row < 40 ? "train" : "test";
            kinds[row] = row < 40 ? kinds[row] : "1";
        }
        List<ColumnData> columns =
                new ArrayList<>(table(sizes(), colors(), kinds).columns());
        columns.add(new Texts("part", parts));
        Recipe said =
                withShares(recipe("kind", NetworkSpec.hidden()), new SplitShares(0, 0, new SplitRule.Column("part")));

        assertThatThrownBy(() -> prepare(new Table(columns), said))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/split/by leaves for test no row whose target a training row has: one has \"1\"");
    }

    @Test
    void namesTheRowOfTheOtherTableThatCannotBeEncoded() {
        @Nullable String[] colors = colors();
        colors[13] = "never seen";
        Table other = table(sizes(), colors, kinds());
        Recipe strict = withShares(recipe("kind", NetworkSpec.hidden(), UnseenCategory.REJECT), bothElsewhere());

        String rule = "column \"color\": \"never seen\" is none of the categories in training";
        refuses(
                new OtherRows(new Piecewise(other, 7), table()),
                strict,
                "/13/color in the dataset for validation: " + rule);
        refuses(new OtherRows(table(), new Piecewise(other, 7)), strict, "/13/color in the dataset for test: " + rule);
    }

    @Test
    void namesTheRowOfTheOtherTableThatHasNoWeight() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 2);
        Table even = withWeights(weights);
        weights = weights.clone();
        weights[13] = Double.NaN;
        Table holes = withWeights(weights);

        refuses(new OtherRows(holes, even), even, "has none in row 13 (counted from 0) of the dataset for validation");
        refuses(new OtherRows(even, holes), even, "has none in row 13 (counted from 0) of the dataset for test");
        refuses(new OtherRows(even, even), holes, "has none in row 13 (counted from 0)");
    }

    /** Weights are relative, in each part by itself: a unit of its own does no harm. */
    @Test
    void scalesTheWeightsOfEachPartByThemselves() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 2);
        weights[1] = 4;
        double[] huge = Arrays.stream(weights).map(weight -> weight * 1e50).toArray();
        double[] tiny = Arrays.stream(weights).map(weight -> weight * 1e-50).toArray();

        Preparation prepared = Preparation.of(
                withWeights(weights),
                new OtherRows(withWeights(huge), withWeights(tiny)),
                weighted(),
                ExampleStore.HEAP,
                TrainingListener.NONE);

        assertThat(prepared.training().totalWeight()).isCloseTo(ROWS, within(1e-4));
        assertThat(prepared.validation().totalWeight())
                .isEqualTo(prepared.training().totalWeight());
        assertThat(prepared.test().totalWeight()).isEqualTo(prepared.training().totalWeight());
    }

    private static SplitShares bothElsewhere() {
        return new SplitShares(0, 0, new SplitRule.Random(), "ds_validation", "ds_test");
    }

    private static Table withWeights(double[] weights) {
        List<ColumnData> columns = new ArrayList<>(table().columns());
        columns.add(new Numbers("weight", weights));
        return new Table(columns);
    }

    private static Recipe weighted() {
        Recipe plain = recipe("kind", NetworkSpec.hidden());
        return new Recipe(
                plain.target(),
                plain.targets(),
                plain.task(),
                plain.features(),
                plain.unseen(),
                plain.encoding(),
                plain.network(),
                bothElsewhere(),
                plain.training(),
                null,
                "weight",
                plain.arithmetic(),
                false);
    }

    private static void refuses(OtherRows others, Table learned, String end) {
        assertThatThrownBy(() -> Preparation.of(learned, others, weighted(), ExampleStore.HEAP, TrainingListener.NONE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(
                        "/sample_weight column \"weight\" must have a number from 0 to 1e100 in each row but " + end);
    }

    private static void refuses(OtherRows others, Recipe recipe, String message) {
        assertThatThrownBy(() -> Preparation.of(table(), others, recipe, ExampleStore.HEAP, TrainingListener.NONE))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage(message);
    }

    private static Recipe withShares(Recipe recipe, SplitShares split) {
        return new Recipe(
                Objects.requireNonNull(recipe.target()),
                recipe.task(),
                recipe.features(),
                recipe.unseen(),
                recipe.encoding(),
                recipe.network(),
                split,
                recipe.training(),
                recipe.arithmetic());
    }

    @Test
    void stopsReadingWhenItIsCancelled() {
        for (int shown = 0; shown < 12; shown++) { // the target, two columns, nine pieces
            int[] left = {shown};
            TrainingListener listener = new TrainingListener() {
                @Override
                public void epochFinished(EpochReport report, int bestEpoch) {}

                @Override
                public boolean cancelled() {
                    return left[0]-- == 0;
                }
            };
            assertThatThrownBy(() -> Preparation.of(
                            new Piecewise(table(), 7),
                            recipe("kind", NetworkSpec.hidden()),
                            ExampleStore.HEAP,
                            listener))
                    .isInstanceOf(CancellationException.class);
        }
    }

    /** A table that shows some rows at a time. */
    private record Piecewise(Table table, int most) implements TableSource {

        @Override
        public int rows() {
            return table.rows();
        }

        @Override
        public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
            table.forEachColumn(names, reader);
        }

        @Override
        public void forEachPiece(List<String> names, Consumer<Table> reader) {
            for (int from = 0; from < rows(); from += most) {
                int[] rows =
                        IntStream.range(from, Math.min(rows(), from + most)).toArray();
                table.rows(rows).forEachPiece(names, reader);
            }
        }
    }

    /** The first row of the table that is for validation. */
    private static int validationRow(@Nullable String[] kinds) {
        int[] labelled = new Texts("kind", kinds).presentRows();
        return labelled[Split.random(labelled.length, 0.2, 0.2, SEED).validation()[0]];
    }

    private static void assertEncodes(Preparation prepared, Examples examples, Table rows) {
        Table known = rows.rows(prepared.target().knownRows(rows));
        FMatrixRMaj x = new FMatrixRMaj(known.rows(), prepared.network().inputs());
        FMatrixRMaj y = new FMatrixRMaj(known.rows(), prepared.network().outputs());
        prepared.features().encode(known, x);
        prepared.target().encode(known, y);
        FMatrixRMaj keptX = new FMatrixRMaj(examples.rows(), examples.inputs());
        FMatrixRMaj keptY = new FMatrixRMaj(examples.rows(), examples.outputs());
        examples.copy(0, keptX, keptY);
        assertThat(keptX.data).isNotEmpty().isEqualTo(x.data);
        assertThat(keptY.data).isEqualTo(y.data);
    }

    private static Preparation prepare(TableSource table, Recipe recipe) {
        return Preparation.of(table, recipe, ExampleStore.HEAP, TrainingListener.NONE);
    }

    private static float[] inputs(Examples examples) {
        FMatrixRMaj x = new FMatrixRMaj(examples.rows(), examples.inputs());
        examples.copy(0, x, new FMatrixRMaj(examples.rows(), examples.outputs()));
        return x.data;
    }

    private static Recipe recipe(String target, NetworkSpec network) {
        return recipe(target, network, UnseenCategory.OTHER);
    }

    private static Recipe recipe(String target, NetworkSpec network, UnseenCategory unseen) {
        return recipe(target, network, unseen, Encoding.DEFAULT);
    }

    private static Recipe recipe(String target, NetworkSpec network, Encoding encoding) {
        return recipe(target, network, UnseenCategory.OTHER, encoding);
    }

    private static Recipe recipe(String target, NetworkSpec network, UnseenCategory unseen, Encoding encoding) {
        List<String> features = List.of("size", "color", "kind").stream()
                .filter(name -> !name.equals(target))
                .toList();
        TrainingSpec training = new TrainingSpec(new Sgd(0.1), 1, 8, Regularizer.NONE, StoppingRule.NONE, SEED);
        return new Recipe(
                target, null, features, unseen, encoding, network, new SplitShares(0.2, 0.2), training, "portable");
    }

    private static Encoding encoding(String json) {
        return Json.mapper().readValue(json.replace('\'', '"'), Encoding.class);
    }

    private static Table table() {
        return table(sizes(), colors(), kinds());
    }

    private static Table table(double[] sizes, @Nullable String[] colors, @Nullable String[] kinds) {
        return new Table(List.of(new Numbers("size", sizes), new Texts("color", colors), new Texts("kind", kinds)));
    }

    private static double[] sizes() {
        return IntStream.range(0, ROWS).mapToDouble(row -> row + 0.5).toArray();
    }

    private static @Nullable String[] colors() {
        return IntStream.range(0, ROWS).mapToObj(row -> "c" + row % 3).toArray(String[]::new);
    }

    /** Three rows each. */
    private static @Nullable String[] ids() {
        return IntStream.range(0, ROWS).mapToObj(row -> "id" + row / 3).toArray(String[]::new);
    }

    private static @Nullable String[] kinds() {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> row % 2 == 0 ? "even" : "odd")
                .toArray(String[]::new);
    }

    private static int[] concat(int[] one, int[] other) {
        return IntStream.concat(Arrays.stream(one), Arrays.stream(other)).toArray();
    }
}
