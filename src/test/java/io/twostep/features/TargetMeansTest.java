package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.table;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class TargetMeansTest {

    /** Without smoothing, the plain means. */
    private static final CategoryEncoding.TargetMean PLAIN = new CategoryEncoding.TargetMean(0, 5, 10_000);

    private static final Texts CITY = texts("city", "a", "a", "b", "b", null, "b");

    @Test
    void standsForTheMeanOfAQuantityInDeviationsFromThatOfAll() {
        Numbers price = numbers("price", 1, 3, 5, 7, 8, 0); // mean 4, variance (9 + 1 + 1 + 9 + 16 + 16) / 6
        TargetMeans city = fit(CITY, price, PLAIN).all();
        double deviation = Math.sqrt(52 / 6.0);

        assertThat(city.inputNames()).containsExactly("mean price by city");
        assertThat(city.means().get(0).get(0)).isCloseTo(-2 / deviation, within(1e-15)); // 1 and 3
        assertThat(city.means().get(1).get(0)).isCloseTo(0, within(1e-15)); // 5, 7, 0
        assertThat(encode(city, texts("city", null, "unseen")))
                .containsExactly((float) (4 / deviation), 0f); // 8; nothing is known
    }

    @Test
    void isDrawnTowardsTheMeanOfAllTheMoreTheFewerRowsThereAre() {
        Numbers price = numbers("price", 1, 3, 5, 7, 8, 0);
        TargetMeans plain = fit(CITY, price, PLAIN).all();
        TargetMeans smooth =
                fit(CITY, price, new CategoryEncoding.TargetMean(2, 5, 10_000)).all();

        assertThat(smooth.means().get(0).get(0)).isCloseTo(plain.means().get(0).get(0) * 2 / (2 + 2), within(1e-15));
        assertThat(encode(smooth, texts("city", (String) null))[0])
                .isCloseTo(encode(plain, texts("city", (String) null))[0] * 1 / (1 + 2), within(1e-7f));
    }

    @Test
    void standsForTheShareOfEachClassButTheFirst() {
        Texts kind = texts("kind", "x", "y", "y", "z", "x", "z");
        TargetMeans city = fit(CITY, kind, PLAIN).all();
        double deviation = Math.sqrt(2 / 9.0); // each class has a third of the rows

        assertThat(city.of()).containsExactly("kind=y", "kind=z");
        assertThat(city.means().get(0).get(0)).isCloseTo((1 / 2.0 - 1 / 3.0) / deviation, within(1e-15));
        assertThat(city.means().get(0).get(1)).isCloseTo((0 - 1 / 3.0) / deviation, within(1e-15));
        assertThat(city.means().get(1).get(1)).isCloseTo((2 / 3.0 - 1 / 3.0) / deviation, within(1e-15));
        assertThat(fit(CITY, texts("kind", "x", "y", "y", "x", "x", "y"), PLAIN)
                        .all()
                        .width())
                .as("two classes")
                .isEqualTo(1);
    }

    @Test
    void keepsTheMostFrequentCategoriesAndOneMeanForTheOthers() {
        Texts column = texts("city", "a", "a", "b", "b", "c", "d");
        Numbers price = numbers("price", 0, 0, 1, 1, 4, 6);
        CategoryEncoding.TargetMean two = new CategoryEncoding.TargetMean(0, 5, 2);
        TargetMeans city = fit(column, price, two).all();

        assertThat(city.categories()).containsExactly("a", "b");
        assertThat(city.pool()).isEqualTo(new Pool(2, 2, List.of("c", "d")));
        float[] others = encode(city, texts("city", "c", "d", "unseen"));
        assertThat(others[0]).isPositive().isEqualTo(others[1]).isEqualTo(others[2]);
    }

    @Test
    void keepsFewerCategoriesTheMoreFoldsThereAre() {
        String[] ids = IntStream.range(0, 12_000).mapToObj(i -> "id" + i).toArray(String[]::new);
        double[] prices = IntStream.range(0, 12_000).asDoubleStream().toArray();
        CategoryEncoding.TargetMean many = new CategoryEncoding.TargetMean(10, 99, 100_000);

        assertThat(fit(texts("id", ids), numbers("price", prices), many).all().categories())
                .hasSize(2_000);
    }

    @Test
    void refusesUnseenButNoPooledCategoriesIfAsked() {
        TargetMeans strict = new TargetMeansFit(
                        texts("city", "a", "a", "b"),
                        new CategoryEncoding.TargetMean(0, 5, 1),
                        UnseenCategory.REJECT,
                        rows(numbers("price", 1, 2, 3)))
                .all();

        assertThat(encode(strict, texts("city", "a", "b", null))).hasSize(3);
        assertThatThrownBy(() -> encode(strict, texts("city", "c")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/0/city column \"city\": \"c\" is none of the categories in training");
    }

    @Test
    void takesHugeTargets() {
        TargetMeans city = fit(texts("city", "a", "b"), numbers("price", -1e308, 1e308), PLAIN)
                .all();

        assertThat(encode(city, texts("city", "a", "b"))).containsExactly(-1f, 1f);
    }

    @Test
    void hidesTheOwnTargetFromEachTrainingRow() {
        Random random = new Random(3);
        Texts city = cities(random, 200);
        double[] prices = random.doubles(200).toArray();
        List<TargetMeans> before =
                fit(city, new Numbers("price", prices), PLAIN).withoutEachFold();
        for (int row = 0; row < 200; row++) {
            double[] changed = prices.clone();
            changed[row] = 1 - changed[row];
            // The unit of means is that of the target before the change: only what is added up may differ.
            TrainingRows rows = TrainingRows.of(
                    IntStream.range(0, 200).toArray(),
                    NumberTarget.fit(new Numbers("price", prices), true),
                    new Table(List.of(new Numbers("price", changed))),
                    Folds.byRow(7));
            TargetMeansFit fit = new TargetMeansFit(city, PLAIN, UnseenCategory.OTHER, rows);
            int fold = Folds.byRow(7).of(row, 5);

            assertThat(fit.withoutEachFold().get(fold)).isEqualTo(before.get(fold));
            assertThat(fit.withoutEachFold().get((fold + 1) % 5)).isNotEqualTo(before.get((fold + 1) % 5));
        }
    }

    /** With a target of pure chance and hardly a row for each category, the plain means tell it, those out of fold do not. */
    @Test
    void learnsNothingFromChance() {
        Random random = new Random(11);
        int rows = 2_000;
        String[] ids = random.ints(rows, 0, 1_000).mapToObj(i -> "id" + i).toArray(String[]::new);
        double[] chance = random.doubles(rows).toArray();
        Table table = table(texts("id", ids), new Numbers("y", chance));
        FittedFeatures fitted = FittedFeatures.fit(
                table,
                rows(new Numbers("y", chance)),
                List.of("id"),
                new Encoding(
                        NumberScaling.STANDARD,
                        new MissingNumber.Median(),
                        PLAIN,
                        Encoding.DEFAULT.dateParts(),
                        Map.of()),
                UnseenCategory.OTHER);
        FMatrixRMaj served = new FMatrixRMaj(rows, 1);
        fitted.encoder().encode(table, served);
        FMatrixRMaj learned = served.copy();
        fitted.outOfFold().encode(table, IntStream.range(0, rows).toArray(), learned);

        assertThat(correlation(served.data, chance)).isGreaterThan(0.6);
        assertThat(correlation(learned.data, chance)).isBetween(-0.1, 0.1);
    }

    @Test
    void dividesRowsIntoFoldsOfAboutOneSize() {
        int[] counts = new int[5];
        for (int row = 0; row < 10_000; row++) {
            counts[Folds.byRow(1).of(row, 5)]++;
        }

        for (int count : counts) { // 2000 expected, standard deviation 40
            assertThat(count).isBetween(1_800, 2_200);
        }
    }

    @Test
    void survivesJson() {
        Feature small =
                fit(CITY, texts("kind", "x", "y", "y", "z", "x", "z"), PLAIN).all();
        Feature pooled = fit(CITY, numbers("price", 1, 2, 3, 4, 5, 6), new CategoryEncoding.TargetMean(1, 2, 1))
                .all();

        for (Feature feature : List.of(small, pooled)) {
            assertThat(JSON.readValue(JSON.writeValueAsString(feature), Feature.class))
                    .isEqualTo(feature);
        }
    }

    @Test
    void refusesMeansThatDoNotFit() {
        List<List<Double>> one = List.of(List.of(1.0));
        assertThatThrownBy(() -> means(List.of("b", "a"), List.of(List.of(1.0), List.of(1.0))))
                .hasMessageStartingWith("/categories");
        assertThatThrownBy(() -> means(List.of("a", "b"), one)).hasMessageStartingWith("/means");
        assertThatThrownBy(() -> means(List.of("a"), List.of(List.of(1.0, 2.0))))
                .hasMessageStartingWith("/means");
        assertThatThrownBy(() -> means(List.of("a"), List.of(List.of(Double.NaN))))
                .hasMessageStartingWith("/means");
        assertThatThrownBy(() -> new TargetMeans(
                        "x", List.of("y"), List.of("a"), one, null, UnseenCategory.OTHER, new Pool(1, 1, null), null))
                .hasMessageStartingWith("/pooled");
    }

    private static TargetMeans means(List<String> categories, List<List<Double>> means) {
        return new TargetMeans("x", List.of("y"), categories, means, null, UnseenCategory.OTHER, null, null);
    }

    private static TargetMeansFit fit(Texts column, ColumnData target, CategoryEncoding.TargetMean encoding) {
        return new TargetMeansFit(column, encoding, UnseenCategory.OTHER, rows(target));
    }

    @Test
    void keepsGroupsTogetherAndSpreadsThemOverTheFolds() {
        int[] rows = {2, 3, 5, 7, 8, 11, 12};
        Folds folds = Folds.byGroup(3, rows, texts("who", "a", "b", "a", null, "c", "b", null));

        assertThat(folds.of(2, 2)).isEqualTo(folds.of(5, 2));
        assertThat(folds.of(3, 2)).isEqualTo(folds.of(11, 2));
        assertThat(folds.of(7, 2)).isEqualTo(folds.of(12, 2));
        assertThat(IntStream.of(2, 3, 7, 8).map(row -> folds.of(row, 2)))
                .as("four groups in two folds")
                .containsExactlyInAnyOrder(0, 0, 1, 1);
    }

    private static TrainingRows rows(ColumnData target) {
        int[] all = IntStream.range(0, target.rows()).toArray();
        return TrainingRows.of(
                all,
                target instanceof Numbers ? NumberTarget.fit(target, true) : ClassTarget.fit(target),
                new Table(List.of(target)),
                Folds.byRow(7));
    }

    private static Texts cities(Random random, int rows) {
        return texts(
                "city",
                random.ints(rows, 0, 12)
                        .mapToObj(i -> i == 0 ? null : "city" + i)
                        .toArray(String[]::new));
    }

    private static double correlation(float[] x, double[] y) {
        double[] wide = IntStream.range(0, x.length).mapToDouble(i -> x[i]).toArray();
        Moments a = Moments.of(wide);
        Moments b = Moments.of(y);
        return IntStream.range(0, y.length)
                        .mapToDouble(i -> (wide[i] - a.mean()) * (y[i] - b.mean()))
                        .sum()
                / (y.length * a.standardDeviation() * b.standardDeviation());
    }
}
