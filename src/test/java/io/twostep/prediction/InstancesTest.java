package io.twostep.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.Categorical;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.Feature;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberScaling;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numbers;
import io.twostep.features.Numeric;
import io.twostep.features.ScaledNumber;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import io.twostep.features.Texts;
import io.twostep.features.UnseenCategory;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelSchema;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstancesTest {

    private static final int MANY = 1_000;

    private static final FeatureEncoder FEATURES = new FeatureEncoder(List.of(
            new Numeric("size", 3, 5, 2),
            new Categorical("color", List.of("blue", "red"), true, UnseenCategory.OTHER),
            new Numeric("mass", -1, 0.1, 0.3),
            new Categorical("shape", List.of("flat"), false, UnseenCategory.REJECT)));

    private static final LoadedModel MODEL = model(FEATURES, new ClassTarget("label", List.of("a", "b", "c")));

    @Test
    void encodesEachValueAsATrainingDoes() {
        Table table = table(new Random(1), 100);
        FMatrixRMaj x = new FMatrixRMaj(100, FEATURES.width());
        FEATURES.encode(table, x);

        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            add(table, 0, 100, instances);

            assertThat(LoadedModels.inputs(instances)).isEqualTo(x.data);
        }
    }

    /** Those too that follow no line, or that have a second input. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, -0.0, 7, -3, Double.NaN})
    void encodesEveryScalingAsATrainingDoes(double value) {
        List<Feature> scaled = new ArrayList<>();
        for (NumberScaling scaling : NumberScaling.values()) {
            for (double scale : new double[] {0, 2}) {
                scaled.add(new ScaledNumber("n" + scaled.size(), scaling, 0.5, scale, 1, false, null, null));
                scaled.add(new ScaledNumber("n" + scaled.size(), scaling, 0.5, scale, 1, true, null, null));
            }
        }
        FeatureEncoder encoder = new FeatureEncoder(scaled);
        FMatrixRMaj x = new FMatrixRMaj(1, encoder.width());
        encoder.encode(
                new Table(scaled.stream()
                        .<ColumnData>map(feature -> new Numbers(feature.name(), new double[] {value}))
                        .toList()),
                x);

        try (Instances instances =
                model(encoder, new NumberTarget("y", 0, 1, true)).instances(1, Reservation.UNCOUNTED)) {
            instances.startRow();
            for (int position = 0; position < scaled.size(); position++) {
                assertThat(instances.set(position, value)).isNull();
            }

            assertThat(LoadedModels.inputs(instances)).isEqualTo(x.data);
        }
    }

    /** Buffers are used again and grow: what one request left in them must not show in the next. */
    @Test
    void answersAlikeWhateverRequestsCameBefore() {
        Table table = table(new Random(2), 300);
        LoadedModel fresh = model(FEATURES, new ClassTarget("label", List.of("a", "b", "c")));
        for (int rows : new int[] {5, 20, 9, 1, 70, 1, 300}) {
            FMatrixRMaj x = new FMatrixRMaj(rows, FEATURES.width());
            FEATURES.encode(table.rows(IntStream.range(0, rows).toArray()), x);
            try (Instances instances = fresh.instances(MANY, Reservation.UNCOUNTED)) {
                int block = Math.min(rows, fresh.blockRows());
                add(table, 0, block, instances);

                assertThat(LoadedModels.inputs(instances))
                        .as("%d rows", rows)
                        .isEqualTo(Arrays.copyOf(x.data, block * FEATURES.width()));
                instances.predictions();
            }
        }
    }

    @Test
    void refusesMoreAnswersThanMemoryIsFor() {
        List<String> labels =
                IntStream.range(0, 20_000).mapToObj(i -> "l%05d".formatted(i)).toList();
        LoadedModel wide = model(FEATURES, new ClassTarget("label", labels));
        try (Instances instances = wide.instances(100_000, Reservation.UNCOUNTED)) {
            assertThatThrownBy(() -> {
                        for (int row = 0; row < 1_000; row++) {
                            instances.startRow();
                        }
                    })
                    .isInstanceOf(ServiceException.class)
                    .hasMessageContaining("probabilities");
        }
    }

    @Test
    void answersManyRowsAsEachByItself() {
        Table table = table(new Random(2), MANY);
        try (Instances together = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            add(table, 0, MANY, together);
            Predictions answers = together.predictions();

            assertThat(together.rows()).isEqualTo(MANY);
            assertThat(answers.rows()).isEqualTo(MANY);
            for (int row = 0; row < MANY; row++) {
                assertThat(answers.classification(row, 0).probabilities())
                        .as("row %d", row)
                        .containsExactly(alone(table, row), within(1e-6));
            }
        }
    }

    @Test
    void startsARowWithNothingOfTheRowsBefore() {
        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            add(table(new Random(3), MANY), 0, MANY, instances);
            instances.predictions();
        }
        FMatrixRMaj x = new FMatrixRMaj(1, FEATURES.width());
        Table missing = new Table(List.of(
                new Numbers("size", new double[] {Double.NaN}),
                new Texts("color", new @Nullable String[] {null}),
                new Numbers("mass", new double[] {Double.NaN}),
                new Texts("shape", new @Nullable String[] {null})));
        FEATURES.encode(missing, x);

        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            instances.startRow();

            assertThat(LoadedModels.inputs(instances)).isEqualTo(x.data);
        }
    }

    @Test
    void forgetsRowsThatWereClearedAway() {
        Table table = table(new Random(4), MANY);
        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            add(table, 0, MANY, instances);
            instances.clear();
            add(table, 7, 8, instances);
            Predictions answers = instances.predictions();

            assertThat(answers.rows()).isEqualTo(1);
            assertThat(answers.classification(0, 0).probabilities()).isEqualTo(alone(table, 7));
        }
    }

    @Test
    void saysWhatAModelCannotTake() {
        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            instances.startRow();

            assertThat(instances.set(0, 1e300))
                    .startsWith("column \"size\": 1.0E300 is too far from the training rows");
            assertThat(instances.set(3, "round")).startsWith("column \"shape\": \"round\" is none of the categories");
            assertThat(instances.set(1, "green")).isNull();
        }
    }

    @Test
    void warnsOfValuesThatTrainingDidNotKnow() {
        LoadedModel model = model(
                new FeatureEncoder(List.of(
                        new Numeric("size", 3, 5, 2, 1.0, 9.0),
                        new Categorical("color", List.of("?", "red"), true, UnseenCategory.OTHER),
                        new Numeric("old", 3, 5, 2))),
                new NumberTarget("y", 0, 1, false));
        try (Instances instances = model.instances(MANY, Reservation.UNCOUNTED)) {
            add(instances, "1", "red", "1e9");
            add(instances, "9.001", "blue", "-5");
            add(instances, "0.999", "NA", "");
            instances.startRow();
            instances.set(0, Double.NaN);
            add(instances, "9", "?", "0");
            instances.predictions();

            assertThat(instances.warnings().first())
                    .containsExactly(
                            new Warning(1, 0, Warning.Kind.OUT_OF_RANGE),
                            new Warning(1, 1, Warning.Kind.UNSEEN_CATEGORY),
                            new Warning(2, 0, Warning.Kind.OUT_OF_RANGE),
                            new Warning(2, 1, Warning.Kind.MISSING),
                            new Warning(2, 2, Warning.Kind.MISSING),
                            new Warning(3, 0, Warning.Kind.MISSING),
                            new Warning(3, 1, Warning.Kind.MISSING),
                            new Warning(3, 2, Warning.Kind.MISSING));
            assertThat(instances.warnings().count()).isEqualTo(8);
            assertThat(instances.warnings().counts())
                    .isEqualTo(Map.of(
                            Warning.Kind.MISSING, 5, Warning.Kind.OUT_OF_RANGE, 2, Warning.Kind.UNSEEN_CATEGORY, 1));
        }
    }

    @Test
    void warnsOfTheLastRowOfABlockAndForgetsWhatIsCleared() {
        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            instances.startRow();
            instances.clear();
            for (int row = 0; row < 600; row++) {
                add(instances, "1", "red", row == 255 || row == 599 ? "NA" : "1", "flat");
            }
            instances.predictions();

            assertThat(instances.warnings().first())
                    .containsExactly(
                            new Warning(255, 2, Warning.Kind.MISSING), new Warning(599, 2, Warning.Kind.MISSING));
        }
    }

    @Test
    void listsOnlyTheFirstWarnings() {
        try (Instances instances = MODEL.instances(MANY, Reservation.UNCOUNTED)) {
            for (int row = 0; row < 300; row++) {
                instances.startRow();
            }
            instances.predictions();

            assertThat(instances.warnings().first()).hasSize(Warnings.MOST);
            assertThat(instances.warnings().count()).isEqualTo(1200);
        }
    }

    private static void add(Instances instances, String... values) {
        instances.startRow();
        for (int position = 0; position < values.length; position++) {
            assertThat(instances.set(position, values[position])).isNull();
        }
    }

    @Test
    void takesNoMoreRowsThanAllowed() {
        try (Instances instances = MODEL.instances(2, Reservation.UNCOUNTED)) {
            instances.startRow();
            instances.startRow();

            assertThatThrownBy(instances::startRow)
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TOO_MANY_INSTANCES));
        }
    }

    @Test
    void namesTheFirstAnswerThatIsNotFinite() {
        LoadedModel numbers = model(FEATURES, new NumberTarget("y", 0, 1e308, true));
        try (Instances instances = numbers.instances(MANY, Reservation.UNCOUNTED)) {
            for (int row = 0; row < 500; row++) {
                instances.startRow();
                instances.set(0, row == 300 || row == 400 ? 1e30 : 5);
            }

            assertThatThrownBy(instances::predictions)
                    .isInstanceOfSatisfying(
                            ServiceException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.PREDICTION_NOT_FINITE))
                    .hasMessageContaining("instance 300,");
        }
    }

    @Test
    void runsVeryWideRowsInSmallBlocks() {
        List<String> categories =
                IntStream.range(0, 1_500_000).mapToObj("%07d"::formatted).toList();
        Feature wide = new Categorical("id", categories, false, UnseenCategory.OTHER);

        assertThat(model(new FeatureEncoder(List.of(wide)), new NumberTarget("y", 0, 1, false))
                        .blockRows())
                .isEqualTo(2);
        assertThat(MODEL.blockRows()).isEqualTo(264);
    }

    private static double[] alone(Table table, int row) {
        try (Instances instances = MODEL.instances(1, Reservation.UNCOUNTED)) {
            add(table, row, row + 1, instances);
            return instances.predictions().classification(0, 0).probabilities();
        }
    }

    private static void add(Table table, int from, int to, Instances instances) {
        for (int row = from; row < to; row++) {
            instances.startRow();
            for (int position = 0; position < instances.columns().count(); position++) {
                if (table.columns().get(position) instanceof Numbers numbers) {
                    instances.set(position, numbers.values()[row]);
                } else {
                    String text = ((Texts) table.columns().get(position)).values()[row];
                    if (text != null) {
                        instances.set(position, text);
                    }
                }
            }
        }
    }

    private static Table table(Random random, int rows) {
        return new Table(List.of(
                new Numbers("size", numbers(random, rows)),
                new Texts("color", texts(random, rows, "blue", "red", "green", null)),
                new Numbers("mass", numbers(random, rows)),
                new Texts("shape", texts(random, rows, "flat", null))));
    }

    private static double[] numbers(Random random, int rows) {
        return random.doubles(rows).map(v -> v < 0.1 ? Double.NaN : v * 20 - 10).toArray();
    }

    private static @Nullable String[] texts(Random random, int rows, @Nullable String... of) {
        return random.ints(rows, 0, of.length).mapToObj(i -> of[i]).toArray(String[]::new);
    }

    private static LoadedModel model(FeatureEncoder features, TargetEncoder target) {
        Network network = Network.of(
                NetworkSpec.hidden(LayerSpec.Dense.of(8, new Activation.LeakyRelu(0.01))),
                features.width(),
                target instanceof ClassTarget classes
                        ? new Task.Classes(classes.labels().size())
                        : new Task.Numbers(1));
        return LoadedModels.of(new ModelSchema(features, target), network, Parameters.initialize(network, 5));
    }
}
