package io.twostep.features;

import static io.twostep.features.Samples.MISSING;
import static io.twostep.features.Samples.numbers;
import static io.twostep.features.Samples.table;
import static io.twostep.features.Samples.texts;
import static io.twostep.features.Samples.unwritten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.twostep.error.InvalidValueException;
import io.twostep.web.Json;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class LabelsTargetTest {

    private static final Table ROWS =
            table(texts("smokes", "yes", "no", "no", "no"), numbers("size", 1, 2, 3, 4), numbers("risk", 1, 1, 0, 0));
    private static final LabelsTarget HABITS = LabelsTarget.fit(ROWS.only(List.of("smokes", "risk")));

    @Test
    void hasAnOutputForTheSecondClassOfEach() {
        FMatrixRMaj y = unwritten(4, 2);

        HABITS.encode(ROWS, y);

        assertThat(HABITS.targets())
                .containsExactly(
                        new ClassTarget("smokes", List.of("no", "yes")), new ClassTarget("risk", List.of("0", "1")));
        assertThat(y.data).containsExactly(1, 1, 0, 1, 0, 0, 0, 0);
        assertThat(HABITS.has(y, 0, 0)).isTrue();
        assertThat(HABITS.has(y, 1, 0)).isFalse();
        assertThat(HABITS.has(y, 1, 1)).isTrue();
    }

    @Test
    void decodesEachByItself() {
        FMatrixRMaj a = new FMatrixRMaj(1, 2, true, 0.75f, 0.25f);

        Classification smokes = HABITS.targets().get(0).decode(a, 0, 0, 1);
        Classification risk = HABITS.targets().get(1).decode(a, 0, 1, 1);

        assertThat(smokes.label()).isEqualTo("yes");
        assertThat(smokes.probabilities()).containsExactly(0.25, 0.75);
        assertThat(risk.label()).isEqualTo("0");
        assertThat(risk.probabilities()).containsExactly(0.75, 0.25);
    }

    @Test
    void knowsTheRowsThatHaveKnownClassesOfAll() {
        Table rows = table(texts("smokes", "yes", "maybe", null, "no", "no"), numbers("risk", 1, 0, 1, MISSING, 0));

        assertThat(HABITS.knownRows(rows)).containsExactly(0, 4);
        assertThat(HABITS.kind()).isEqualTo(TargetKind.MULTI_LABEL);
    }

    @Test
    void refusesWhatHasNotTwoClasses() {
        assertThatThrownBy(() -> LabelsTarget.fit(table(texts("a", "x", "y", "x"), texts("b", "x", "y", "z"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("/targets/1 column \"b\" must have 2 classes in the training rows,"
                        + " as each of several targets, but has 3");
        assertThatThrownBy(() -> LabelsTarget.fit(table(texts("a", "x", "x"), texts("b", "x", "y"))))
                .hasMessageStartingWith("/targets/0 column \"a\" must have at least 2 classes");
        ClassTarget two = new ClassTarget("a", List.of("x", "y"));
        assertThatThrownBy(() -> new LabelsTarget(List.of(two))).hasMessageContaining("at least two");
        assertThatThrownBy(() -> new LabelsTarget(List.of(two, new ClassTarget("b", List.of("x", "y", "z")))))
                .hasMessageContaining("two labels each");
    }

    @Test
    void survivesJson() {
        String json = Json.mapper().writeValueAsString(HABITS);

        assertThat(json)
                .startsWith("{\"type\":\"labels\",\"targets\":[{\"column\":\"smokes\",\"labels\":[\"no\",\"yes\"]}");
        assertThat(Json.mapper().readValue(json, TargetEncoder.class)).isEqualTo(HABITS);
    }

    @Test
    void hasAShareOfEachForACategory() {
        RowTargets targets = RowTargets.of(HABITS, ROWS);
        double[] sums = new double[2];
        targets.add(0, sums, 0);
        targets.add(1, sums, 0);

        assertThat(targets.names()).containsExactly("smokes=yes", "risk=1");
        assertThat(sums).containsExactly(1, 2);
        assertThat(targets.standardised(0, sums[0], 2)).isEqualTo(0.25 / Math.sqrt(0.25 * 0.75), within(1e-12));
        assertThat(targets.standardised(1, sums[1], 2)).isEqualTo(1, within(1e-12));
    }
}
