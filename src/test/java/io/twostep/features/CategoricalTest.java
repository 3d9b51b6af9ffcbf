package io.twostep.features;

import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CategoricalTest {

    private static final Categorical ISLAND = Categorical.fit(
            texts("island", "Dream", "Biscoe", "Torgersen", "Dream"),
            CategoryEncoding.OneHot.DEFAULT,
            UnseenCategory.OTHER);
    private static final Categorical SEX = Categorical.fit(
            texts("sex", "male", null, "female"), CategoryEncoding.OneHot.DEFAULT, UnseenCategory.OTHER);

    @Test
    void sortsCategoriesByCodePoint() {
        Texts column = texts("x", "b", "\uFF5E", "a", "B", "\uD83D\uDC27", "", "ab");

        assertThat(Categorical.fit(column, CategoryEncoding.OneHot.DEFAULT, UnseenCategory.OTHER)
                        .categories())
                .containsExactly("", "B", "a", "ab", "b", "\uFF5E", "\uD83D\uDC27");
    }

    @Test
    void marksTheCategoryOfEachRow() {
        assertThat(ISLAND.inputNames()).containsExactly("island=Biscoe", "island=Dream", "island=Torgersen");
        assertThat(encode(ISLAND, texts("island", "Torgersen", "Biscoe"))).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void givesMissingItsOwnInputIfTrainingRowsLackedTheValue() {
        assertThat(SEX.inputNames()).containsExactly("sex=female", "sex=male", "sex is missing");
        assertThat(encode(SEX, texts("sex", null, "male"))).containsExactly(0, 0, 1, 0, 1, 0);
    }

    @Test
    void encodesMissingAsZerosIfNoTrainingRowLackedTheValue() {
        assertThat(encode(ISLAND, texts("island", (String) null))).containsExactly(0, 0, 0);
    }

    @Test
    void encodesUnseenCategoryAsZeros() {
        assertThat(encode(SEX, texts("sex", "unknown", "", "~"))).containsOnly(0);
    }

    @Test
    void encodesColumnThatWasEntirelyMissing() {
        Categorical feature =
                Categorical.fit(texts("x", null, null), CategoryEncoding.OneHot.DEFAULT, UnseenCategory.OTHER);

        assertThat(feature.width()).isEqualTo(1);
        assertThat(encode(feature, texts("x", null, "a"))).containsExactly(1, 0);
    }

    @Test
    void rejectsUnseenCategoryIfAsked() {
        Categorical strict =
                Categorical.fit(texts("sex", "male", "female"), CategoryEncoding.OneHot.DEFAULT, UnseenCategory.REJECT);

        assertThatThrownBy(() -> encode(strict, texts("sex", null, "x".repeat(70) + "y")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/1/sex column \"sex\": \"" + "x".repeat(64) + "…\" is none of the categories in training");
    }

    @Test
    void refusesNumbers() {
        assertThatThrownBy(() -> encode(SEX, numbers("sex", 1)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/sex column \"sex\" must hold text but holds numbers");
    }

    @Test
    void refusesCategoriesThatAreUnsortedOrTwiceOrNone() {
        for (List<String> categories : List.of(List.of("b", "a"), List.of("a", "a"), List.<String>of())) {
            assertThatThrownBy(() -> new Categorical("x", categories, false, UnseenCategory.OTHER))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageStartingWith("/categories");
        }
    }

    @Test
    void poolsRareCategories() {
        Categorical feature = Categorical.fit(
                texts("x", "a", "b", "a", "c", null, "b"), new CategoryEncoding.OneHot(2, 1_000), UnseenCategory.OTHER);

        assertThat(feature.pool()).isEqualTo(new Pool(1, 1, List.of("c")));
        assertThat(feature.inputNames()).containsExactly("x=a", "x=b", "x is another", "x is missing");
        assertThat(encode(feature, texts("x", "b", "c", "unseen", null)))
                .containsExactly(0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void remembersPooledCategoriesIfTheyAreFew() {
        for (int pooled : new int[] {1_000, 1_001}) {
            String[] values =
                    IntStream.rangeClosed(0, pooled).mapToObj(row -> "c" + row).toArray(String[]::new);
            Categorical column =
                    Categorical.fit(new Texts("id", values), new CategoryEncoding.OneHot(1, 1), UnseenCategory.OTHER);

            assertThat(column.remembersCategories()).isEqualTo(pooled == 1_000);
            assertThat(column.hasSeen("c7")).isEqualTo(pooled == 1_000);
            assertThat(column.hasSeen("never")).isFalse();
        }
    }

    @Test
    void keepsTheMostFrequentAndOfEquallyFrequentOnesTheFirst() {
        Categorical feature = Categorical.fit(
                texts("x", "d", "c", "c", "b", "a", "d", "d", "e"),
                new CategoryEncoding.OneHot(1, 3),
                UnseenCategory.OTHER);

        assertThat(feature.categories()).containsExactly("a", "c", "d");
        assertThat(feature.pool()).isEqualTo(new Pool(2, 2, List.of("b", "e")));
    }

    @Test
    void tellsPooledFromUnseenCategoriesWhereTheseAreRefused() {
        Categorical strict = Categorical.fit(
                texts("x", "a", "a", "c", "b"), new CategoryEncoding.OneHot(2, 1_000), UnseenCategory.REJECT);

        assertThat(strict.pool()).isEqualTo(new Pool(2, 2, List.of("b", "c")));
        assertThat(encode(strict, texts("x", "a", "b", "c"))).containsExactly(1, 0, 0, 1, 0, 1);
        assertThatThrownBy(() -> encode(strict, texts("x", "d")))
                .hasMessage("/0/x column \"x\": \"d\" is none of the categories in training");
    }

    @Test
    void mayPoolEverything() {
        Categorical feature =
                Categorical.fit(texts("x", "a", "b"), new CategoryEncoding.OneHot(5, 1_000), UnseenCategory.OTHER);

        assertThat(encode(feature, texts("x", "a", "z", null))).containsExactly(1, 1, 0);
    }

    @Test
    void keepsNoMoreThanAThousandIfNothingIsSaid() {
        String[] values = IntStream.range(0, 5_000).mapToObj(i -> "v" + i).toArray(String[]::new);
        Categorical feature =
                Categorical.fit(texts("x", values), CategoryEncoding.OneHot.DEFAULT, UnseenCategory.OTHER);

        assertThat(feature.width()).isEqualTo(1_001);
        assertThat(feature.pool()).isEqualTo(new Pool(4_000, 4_000, null));
    }

    @Test
    void readsWhatWasStoredBeforeThereWereOthers() {
        String stored = "{\"type\":\"categorical\",\"name\":\"x\",\"categories\":[\"a\"],\"missing\":true,"
                + "\"unseen\":\"reject\"}";
        Feature feature = Samples.JSON.readValue(stored, Feature.class);

        assertThat(feature).isEqualTo(new Categorical("x", List.of("a"), true, UnseenCategory.REJECT));
        assertThat(Samples.JSON.writeValueAsString(feature)).isEqualTo(stored);
    }

    @Test
    void refusesAPoolThatCannotBeToldFromUnseenCategories() {
        assertThatThrownBy(() -> new Categorical("x", List.of("a"), false, UnseenCategory.REJECT, new Pool(1, 1, null)))
                .hasMessageStartingWith("/pool");
        assertThatThrownBy(() -> new Pool(2, 2, List.of("b", "a"))).hasMessageStartingWith("/members");
    }
}
