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

class NumbersTargetTest {

    private static final Table ROWS = table(
            numbers("height", 100, 300, 100, 300), texts("name", "a", "b", "c", "d"), numbers("weight", 5, 5, 9, 9));
    private static final NumbersTarget BODY = NumbersTarget.fit(ROWS.only(List.of("height", "weight")), true);

    @Test
    void standardisesEachByItself() {
        FMatrixRMaj y = unwritten(4, 2);

        BODY.encode(ROWS, y);

        assertThat(BODY.targets())
                .containsExactly(new NumberTarget("height", 200, 100, true), new NumberTarget("weight", 7, 2, true));
        assertThat(y.data).containsExactly(-1, -1, 1, -1, -1, 1, 1, 1);
        assertThat(BODY.targets().get(0).decode(y, 1, 0)).isEqualTo(300);
        assertThat(BODY.targets().get(1).decode(y, 2, 1)).isEqualTo(9);
    }

    @Test
    void knowsTheRowsThatHaveAll() {
        Table rows = table(numbers("weight", 1, MISSING, 3, MISSING, 5), numbers("height", 1, 2, MISSING, MISSING, 5));

        assertThat(BODY.knownRows(rows)).containsExactly(0, 4);
        assertThat(rows.presentRows()).containsExactly(0, 4);
        assertThat(BODY.columns()).containsExactly("height", "weight");
    }

    @Test
    void namesTheOneThatCannotBeLearned() {
        assertThatThrownBy(() -> NumbersTarget.fit(table(numbers("a", 1, 2), texts("b", "x", "y")), true))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageStartingWith("/targets/1 column \"b\" holds text");
        assertThatThrownBy(() -> NumbersTarget.fit(table(numbers("a", 1, MISSING), numbers("b", 1, 2)), true))
                .hasMessageStartingWith("/targets/0 column \"a\" must have a value");
    }

    @Test
    void namesTheCellThatCannotBeEncoded() {
        Table rows = table(numbers("height", 100, 100), numbers("weight", 5, MISSING));

        assertThatThrownBy(() -> BODY.encode(rows, unwritten(2, 2)))
                .hasMessage("/1/weight column \"weight\": the number is missing");
    }

    @Test
    void takesNoOtherNumberOfOutputs() {
        assertThatThrownBy(() -> BODY.encode(ROWS, unwritten(4, 3))).hasMessage("3 outputs do not fit 2 targets");
        assertThatThrownBy(() -> BODY.encode(ROWS, unwritten(4, 4))).hasMessage("a number has one output, not 2");
    }

    @Test
    void isSeveralOfDistinctColumns() {
        NumberTarget one = new NumberTarget("a", 0, 1, true);

        assertThatThrownBy(() -> new NumbersTarget(List.of(one))).hasMessageContaining("at least two");
        assertThatThrownBy(() -> new NumbersTarget(List.of(one, one))).hasMessageContaining("distinct");
    }

    @Test
    void survivesJson() {
        String json = Json.mapper().writeValueAsString(BODY);

        assertThat(json).startsWith("{\"type\":\"numbers\",\"targets\":[{\"column\":\"height\"");
        assertThat(Json.mapper().readValue(json, TargetEncoder.class)).isEqualTo(BODY);
    }

    /** One mean for each target, each in its own standard deviations. */
    @Test
    void hasAMeanOfEachForACategory() {
        RowTargets targets = RowTargets.of(BODY, ROWS);
        double[] sums = new double[3];
        targets.add(0, sums, 1);
        targets.add(2, sums, 1);

        assertThat(targets.names()).containsExactly("height", "weight");
        assertThat(sums[0]).isZero();
        assertThat(targets.standardised(0, sums[1], 2)).isEqualTo(-1, within(1e-12));
        assertThat(targets.standardised(1, sums[2], 2)).isEqualTo(0, within(1e-12));
    }
}
