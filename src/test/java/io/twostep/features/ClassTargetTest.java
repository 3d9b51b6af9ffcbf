package io.twostep.features;

import static io.twostep.features.Samples.JSON;
import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.texts;
import static io.twostep.features.Samples.unwritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class ClassTargetTest {

    private static final ClassTarget SPECIES =
            ClassTarget.fit(texts("species", "Gentoo", null, "Adelie", "Chinstrap", "Adelie"));
    private static final ClassTarget SURVIVED = ClassTarget.fit(numbers("Survived", 1, 0, 1, MISSING));

    @Test
    void sortsTextByCodePoint() {
        assertThat(SPECIES.labels()).containsExactly("Adelie", "Chinstrap", "Gentoo");
        assertThat(ClassTarget.fit(texts("x", "10", "9", "b")).labels()).containsExactly("10", "9", "b");
    }

    @Test
    void sortsNumbersBySize() {
        assertThat(ClassTarget.fit(texts("x", "10", "9", "-1.5", "010")).labels())
                .containsExactly("-1.5", "9", "010", "10");
        assertThat(ClassTarget.fit(numbers("x", 10, 9, -0.0, 2.5)).labels()).containsExactly("0", "2.5", "9", "10");
    }

    @Test
    void writesLargeNumbersAsTheyAre() {
        assertThat(ClassTarget.fit(numbers("x", 1e18, 9007199254740991.0)).labels())
                .containsExactly("9007199254740991", "1.0E18");
    }

    @Test
    void encodesOneOutputForEachLabel() {
        FMatrixRMaj y = unwritten(2, 3);

        SPECIES.encode(texts("species", "Gentoo", "Adelie"), y);

        assertThat(y.data).containsExactly(0, 0, 1, 1, 0, 0);
    }

    @Test
    void encodesSingleOutputAsProbabilityOfSecondLabel() {
        FMatrixRMaj y = unwritten(3, 1);

        SURVIVED.encode(numbers("Survived", 1, 0, 1), y);

        assertThat(y.data).containsExactly(1, 0, 1);
    }

    @Test
    void encodesTwoLabelsForTwoOutputsToo() {
        FMatrixRMaj y = unwritten(2, 2);

        SURVIVED.encode(numbers("Survived", 1, 0), y);

        assertThat(y.data).containsExactly(0, 1, 1, 0);
    }

    @Test
    void encodesAmongOtherOutputs() {
        FMatrixRMaj y = unwritten(2, 3);

        SURVIVED.encode(numbers("Survived", 1, 0), y, 1, 1);

        assertThat(y.data).containsExactly(Float.NaN, 1, Float.NaN, Float.NaN, 0, Float.NaN);
    }

    @Test
    void readsLabelsOfNumbersAndTextAlike() {
        assertThat(SURVIVED.knownRows(texts("Survived", "1", "0", "1.0"))).containsExactly(0, 1);
    }

    @Test
    void leavesOutRowsWithUnknownOrMissingLabel() {
        assertThat(SPECIES.knownRows(texts("species", "Gentoo", null, "Emperor", "Adelie")))
                .containsExactly(0, 3);
    }

    @Test
    void refusesToEncodeUnknownOrMissingLabel() {
        FMatrixRMaj y = unwritten(2, 3);

        assertThatThrownBy(() -> SPECIES.encode(texts("species", "Adelie", "Emperor"), y))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/1/species column \"species\": \"Emperor\" is no label in training");
        assertThatThrownBy(() -> SPECIES.encode(texts("species", null, "Adelie"), y))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/0/species column \"species\": the label is missing");
    }

    @Test
    void decodesMostProbableLabel() {
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{0.5f, 0.25f, 0.25f}, {0.125f, 0.25f, 0.625f}});

        assertThat(SPECIES.decode(a, 0).label()).isEqualTo("Adelie");
        assertThat(SPECIES.decode(a, 1).label()).isEqualTo("Gentoo");
        assertThat(SPECIES.decode(a, 1).probabilities()).containsExactly(0.125, 0.25, 0.625);
    }

    @Test
    void decodesSingleOutput() {
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{0.75f}, {0.25f}, {0.5f}});

        assertThat(SURVIVED.decode(a, 0).label()).isEqualTo("1");
        assertThat(SURVIVED.decode(a, 0).probabilities()).containsExactly(0.25, 0.75);
        assertThat(SURVIVED.decode(a, 1).label()).isEqualTo("0");
        assertThat(SURVIVED.decode(a, 2).label()).as("of equals the first").isEqualTo("0");
    }

    @Test
    void takesTheFirstOfEqualProbabilities() {
        FMatrixRMaj a = new FMatrixRMaj(new float[][] {{0.25f, 0.375f, 0.375f}});

        assertThat(SPECIES.labelIndex(a, 0)).isEqualTo(1);
    }

    @Test
    void decodesWhatItEncodes() {
        Texts column = texts("species", "Gentoo", "Adelie", "Chinstrap");
        FMatrixRMaj y = unwritten(3, 3);

        SPECIES.encode(column, y);

        for (int row = 0; row < 3; row++) {
            assertThat(SPECIES.decode(y, row).label()).isEqualTo(column.values()[row]);
            assertThat(SPECIES.decode(y, row).probabilities()[SPECIES.labelIndex(y, row)])
                    .isCloseTo(1, within(0.0));
        }
    }

    @Test
    void refusesOutputsThatDoNotFit() {
        assertThatThrownBy(() -> SPECIES.encode(texts("species", "Adelie"), new FMatrixRMaj(1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 outputs do not fit 3 labels");
        assertThatThrownBy(() -> SURVIVED.decode(new FMatrixRMaj(1, 3), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTooFewRowsOrLabels() {
        assertThatThrownBy(() -> ClassTarget.fit(texts("x", "a", null)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target column \"x\" must have a value in at least 2 training rows but has 1");
        assertThatThrownBy(() -> ClassTarget.fit(texts("x", "a", "a", null)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/target column \"x\" must have at least 2 classes in the training rows but all are \"a\"");
        assertThatThrownBy(() -> new ClassTarget("x", List.of("a", "a")))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/labels");
    }

    @Test
    void survivesJson() {
        String json = JSON.writeValueAsString(SPECIES);

        assertThat(json)
                .isEqualTo("{\"type\":\"classes\",\"column\":\"species\","
                        + "\"labels\":[\"Adelie\",\"Chinstrap\",\"Gentoo\"]}");
        assertThat(JSON.readValue(json, TargetEncoder.class)).isEqualTo(SPECIES);
    }
}
