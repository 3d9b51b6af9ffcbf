package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.encode;
import static io.twostep.features.Samples.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HashedCategoryTest {

    @Test
    void marksOneBucketWhateverTheCategory() {
        HashedCategory feature = HashedCategory.fit(texts("city", "Rome", "Oslo"), 4);

        assertThat(feature.inputNames())
                .containsExactly("city in bucket 0", "city in bucket 1", "city in bucket 2", "city in bucket 3");
        for (String city : new String[] {"Rome", "Oslo", "never seen", "", "\uD83D\uDC27"}) {
            assertThat(encode(feature, texts("city", city)))
                    .as(city)
                    .containsOnlyOnce(1f)
                    .contains(0f, 0f, 0f);
        }
    }

    @Test
    void givesMissingItsOwnInputIfTrainingRowsLackedTheValue() {
        assertThat(encode(HashedCategory.fit(texts("x", "a", null), 2), texts("x", (String) null)))
                .containsExactly(0, 0, 1);
        assertThat(encode(HashedCategory.fit(texts("x", "a"), 2), texts("x", (String) null)))
                .containsExactly(0, 0);
    }

    /** The numbers are promised: a stored model must find the same bucket for ever. */
    @Test
    void findsTheSameBucketOnEveryMachine() {
        HashedCategory feature = new HashedCategory("x", 1000, false);

        assertThat(IntStream.of(bucket(feature, "a"), bucket(feature, "Aa"), bucket(feature, "BB")))
                .containsExactly(315, 233, 978);
    }

    @Test
    void fillsBucketsEvenly() {
        HashedCategory feature = new HashedCategory("x", 10, false);
        int[] counts = new int[10];
        for (int i = 0; i < 10_000; i++) {
            counts[bucket(feature, "user" + i)]++;
        }

        for (int count : counts) { // 1000 expected, standard deviation 30
            assertThat(count).isBetween(850, 1150);
        }
    }

    @Test
    void survivesJson() {
        Feature feature = new HashedCategory("x", 16, true);

        assertThat(JSON.readValue(JSON.writeValueAsString(feature), Feature.class))
                .isEqualTo(feature);
    }

    private static int bucket(HashedCategory feature, String category) {
        float[] inputs = encode(feature, texts("x", category));
        return IntStream.range(0, inputs.length)
                .filter(i -> inputs[i] == 1)
                .findFirst()
                .orElseThrow();
    }
}
