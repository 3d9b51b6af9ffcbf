package io.twostep.features;

import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoricalTest {

    private static final Categorical ISLAND =
            Categorical.fit(texts("island", "Dream", "Biscoe", "Torgersen", "Dream"), UnseenCategory.OTHER);
    private static final Categorical SEX = Categorical.fit(texts("sex", "male", null, "female"), UnseenCategory.OTHER);

    @Test
    void sortsCategoriesByCodePoint() {
        Texts column = texts("x", "b", "\uFF5E", "a", "B", "\uD83D\uDC27", "", "ab");

        assertThat(Categorical.fit(column, UnseenCategory.OTHER).categories())
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
        Categorical feature = Categorical.fit(texts("x", null, null), UnseenCategory.OTHER);

        assertThat(feature.width()).isEqualTo(1);
        assertThat(encode(feature, texts("x", null, "a"))).containsExactly(1, 0);
    }

    @Test
    void rejectsUnseenCategoryIfAsked() {
        Categorical strict = Categorical.fit(texts("sex", "male", "female"), UnseenCategory.REJECT);

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
}
