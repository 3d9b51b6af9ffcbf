package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.table;
import static io.twostep.features.Samples.texts;
import static io.twostep.features.Samples.unwritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureEncoderTest {

    private static final Table PENGUINS = table(
            texts("species", "Adelie", "Gentoo", "Adelie", "Gentoo"),
            texts("island", "Dream", "Biscoe", "Dream", "Biscoe"),
            numbers("mass", 3, 5, 3, 5),
            texts("sex", "male", null, "female", "male"));
    private static final FeatureEncoder ENCODER = FeatureEncoder.fit(PENGUINS, List.of("island", "mass", "sex"));

    @Test
    void encodesColumnsSideBySide() {
        FMatrixRMaj x = unwritten(4, 6);

        ENCODER.encode(PENGUINS, x);

        assertThat(ENCODER.inputNames())
                .containsExactly("island=Biscoe", "island=Dream", "mass", "sex=female", "sex=male", "sex is missing");
        assertThat(x.data)
                .containsExactly(
                        0, 1, -1, 0, 1, 0, //
                        1, 0, 1, 0, 0, 1, //
                        0, 1, -1, 1, 0, 0, //
                        1, 0, 1, 0, 1, 0);
    }

    @Test
    void findsColumnsByName() {
        FMatrixRMaj inOrder = unwritten(4, 6);
        FMatrixRMaj reordered = unwritten(4, 6);
        List<ColumnData> columns = new ArrayList<>(PENGUINS.columns());

        ENCODER.encode(PENGUINS, inOrder);
        for (long seed = 0; seed < 24; seed++) {
            Collections.shuffle(columns, new Random(seed));
            ENCODER.encode(new Table(columns), reordered);

            assertThat(reordered.data).as("seed %d", seed).isEqualTo(inOrder.data);
        }
    }

    @Test
    void writesNothingOutsideTheRowsAskedFor() {
        FMatrixRMaj whole = unwritten(4, 6);
        FMatrixRMaj pieces = unwritten(6, 6);

        ENCODER.encode(PENGUINS, whole);
        ENCODER.encode(PENGUINS.rows(new int[] {2, 3}), pieces, 3);
        ENCODER.encode(PENGUINS.rows(new int[] {0, 1}), pieces, 1);

        assertThat(Arrays.copyOfRange(pieces.data, 6, 30)).isEqualTo(whole.data);
        assertThat(pieces.data).startsWith(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
        assertThat(pieces.data).endsWith(Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN, Float.NaN);
    }

    /** Columns and categories in the training rows as in the developer sets, "?" where values are missing. */
    @ParameterizedTest
    @CsvSource({
        "iris, 4, '', 4",
        "wine, 13, '', 13",
        "breast_cancer, 30, '', 30",
        "digits, 64, '', 64",
        "diabetes, 10, '', 10",
        "california_housing, 8, <1H OCEAN|INLAND|ISLAND|NEAR BAY|NEAR OCEAN, 13",
        "penguins, 4, Biscoe|Dream|Torgersen;female|male|?, 10",
        "titanic, 5, female|male;C|Q|S|?, 11",
        "moons, 2, '', 2",
        "mnist, 784, '', 784"
    })
    void givesEveryDeveloperSetItsWidth(String set, int numeric, String categorical, int width) {
        List<ColumnData> columns = new ArrayList<>();
        IntStream.range(0, numeric).forEach(i -> columns.add(numbers("n" + i, 1, MISSING, 2, 3, 4)));
        for (String column : categorical.isEmpty() ? new String[0] : categorical.split(";")) {
            String[] categories = column.split("\\|");
            columns.add(texts(
                    "c" + columns.size(),
                    IntStream.range(0, 5)
                            .mapToObj(row -> categories[row % categories.length])
                            .map(category -> category.equals("?") ? null : category)
                            .toArray(String[]::new)));
        }
        Table table = new Table(columns);

        FeatureEncoder encoder =
                FeatureEncoder.fit(table, columns.stream().map(ColumnData::name).toList());

        assertThat(encoder.width()).as(set).isEqualTo(width);
        assertThat(encoder.inputNames()).hasSize(width).doesNotHaveDuplicates();
    }

    @Test
    void learnsFromTrainingRowsOnly() {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            Table table = randomTable(random, 60);
            Split split = Split.random(60, 0.2, 0.2, seed);
            Table changed = changed(table, random, split.validation(), split.test());

            FeatureEncoder before = FeatureEncoder.fit(table.rows(split.training()), List.of("a", "b", "c"));
            FeatureEncoder after = FeatureEncoder.fit(changed.rows(split.training()), List.of("a", "b", "c"));

            assertThat(after).as("seed %d", seed).isEqualTo(before);
            assertThat(FeatureEncoder.fit(changed, List.of("a", "b", "c")))
                    .as("the change shows, seed %d", seed)
                    .isNotEqualTo(FeatureEncoder.fit(table, List.of("a", "b", "c")));
        }
    }

    @Test
    void encodesEachRowByItself() {
        for (long seed = 0; seed < 20; seed++) {
            Table table = randomTable(new Random(seed), 30);
            FeatureEncoder encoder = FeatureEncoder.fit(table, List.of("c", "a", "b"));
            FMatrixRMaj together = unwritten(30, encoder.width());
            FMatrixRMaj alone = unwritten(1, encoder.width());

            encoder.encode(table, together);

            for (int row = 0; row < 30; row++) {
                encoder.encode(table.rows(new int[] {row}), alone);
                assertThat(alone.data)
                        .as("seed %d, row %d", seed, row)
                        .isEqualTo(
                                Arrays.copyOfRange(together.data, row * encoder.width(), (row + 1) * encoder.width()));
            }
        }
    }

    @Test
    void survivesJson() {
        Table table = table(
                numbers("mass", 0.1, 0.2, 1e-300, MISSING),
                numbers("constant", 1e308, 1e308, 1e308, 1e308),
                texts("sex", "m\u0000", null, "\uD83D\uDC27", "=1"));
        FeatureEncoder encoder = FeatureEncoder.fit(table, List.of("mass", "constant", "sex"), UnseenCategory.REJECT);

        assertThat(JSON.readValue(JSON.writeValueAsString(encoder), FeatureEncoder.class))
                .isEqualTo(encoder);
    }

    @Test
    void isStoredUnderPlainNames() {
        assertThat(JSON.writeValueAsString(ENCODER))
                .isEqualTo("["
                        + "{\"type\":\"categorical\",\"name\":\"island\",\"categories\":[\"Biscoe\",\"Dream\"],"
                        + "\"missing\":false,\"unseen\":\"other\"},"
                        + "{\"type\":\"numeric\",\"name\":\"mass\",\"median\":4.0,\"mean\":4.0,"
                        + "\"standard_deviation\":1.0,\"min\":3.0,\"max\":5.0},"
                        + "{\"type\":\"categorical\",\"name\":\"sex\",\"categories\":[\"female\",\"male\"],"
                        + "\"missing\":true,\"unseen\":\"other\"}]");
    }

    @Test
    void readsNumbersStoredBeforeTheirRangeWas() {
        String stored = "[{\"type\":\"numeric\",\"name\":\"mass\",\"median\":4.0,\"mean\":4.0,"
                + "\"standard_deviation\":1.0}]";

        assertThat(JSON.readValue(stored, FeatureEncoder.class).features())
                .containsExactly(new Numeric("mass", 4, 4, 1));
    }

    @Test
    void reportsEveryColumnThatCannotBeEncoded() {
        Table table = table(numbers("mass", 4, 1e300), numbers("sex", 1, 2));

        assertThatThrownBy(() -> ENCODER.encode(table, unwritten(2, 6)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .containsExactly("/island", "/1/mass", "/sex"))
                .hasMessageContaining("column \"island\" is not in the table");
    }

    @Test
    void reportsEveryColumnThatCannotBeLearned() {
        Table table = table(numbers("mass", 4, Double.POSITIVE_INFINITY), texts("sex", "male", "female"));

        assertThatThrownBy(() -> FeatureEncoder.fit(table, List.of("mass", "sex", "age")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::pointer)
                                .containsExactly("/mass", "/age"));
    }

    @Test
    void refusesToLearnFromNothing() {
        assertThatThrownBy(() -> FeatureEncoder.fit(PENGUINS.rows(new int[0]), List.of("mass")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("there is no training row to learn from");
        assertThatThrownBy(() -> FeatureEncoder.fit(PENGUINS, List.of()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/features must name at least one column");
        assertThatThrownBy(() -> FeatureEncoder.fit(PENGUINS, List.of("mass", "mass")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/features names \"mass\" twice");
    }

    @Test
    void refusesMatrixOfAnotherShape() {
        assertThatThrownBy(() -> ENCODER.encode(PENGUINS, new FMatrixRMaj(5, 6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 rows do not fill a matrix of 5");
        assertThatThrownBy(() -> ENCODER.encode(PENGUINS, new FMatrixRMaj(4, 7)))
                .hasMessage("6 inputs do not fit 7 columns");
        assertThatThrownBy(() -> ENCODER.encode(PENGUINS, new FMatrixRMaj(5, 6), 2))
                .hasMessage("rows 2 to 5 do not fit a matrix of 5");
    }

    @Test
    void encodesNoRows() {
        ENCODER.encode(PENGUINS.rows(new int[0]), new FMatrixRMaj(0, 6));
    }

    private static Table randomTable(Random random, int rows) {
        double[] a = random.doubles(rows).map(v -> v < 0.1 ? MISSING : v * 1000).toArray();
        double[] b = random.ints(rows, 0, 3).asDoubleStream().toArray();
        String[] c =
                random.ints(rows, 0, 5).mapToObj(v -> v == 0 ? null : "c" + v).toArray(String[]::new);
        return table(numbers("a", a), numbers("b", b), texts("c", c));
    }

    private static Table changed(Table table, Random random, int[]... parts) {
        double[] a = ((Numbers) table.column("a")).values().clone();
        double[] b = ((Numbers) table.column("b")).values().clone();
        String[] c = ((Texts) table.column("c")).values().clone();
        for (int[] rows : parts) {
            for (int row : rows) {
                a[row] = random.nextBoolean() ? MISSING : random.nextGaussian() * 1e6;
                b[row] = 3 + random.nextInt(100);
                c[row] = random.nextBoolean() ? null : "new" + random.nextInt(100);
            }
        }
        return table(numbers("a", a), numbers("b", b), texts("c", c));
    }
}
