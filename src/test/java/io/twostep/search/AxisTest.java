package io.twostep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.twostep.error.InvalidValueException;
import io.twostep.web.Json;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class AxisTest {

    private static final double LAST = Math.nextDown(1.0);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'uniform','low':-1e100,'high':1e100}",
                "{'type':'uniform','low':0.1,'high':0.3}",
                "{'type':'log_uniform','low':1e-90,'high':1e90}",
                "{'type':'log_uniform','low':0.0001,'high':0.1}",
                "{'type':'int_uniform','low':-1000000000,'high':1000000000}",
                "{'type':'int_log_uniform','low':1,'high':1000000000}",
                "{'type':'int_log_uniform','low':3,'high':4}"
            })
    void staysWithinItsEnds(String json) {
        Axis axis = axis(json);
        List<JsonNode> ends = axis.ends();

        double[] drawn = DoubleStream.of(0, 0.25, 0.5, 0.75, LAST)
                .map(place -> axis.at(place).doubleValue())
                .toArray();

        assertThat(drawn).isSorted();
        double low = ends.get(0).doubleValue();
        assertThat(drawn[0]).isGreaterThanOrEqualTo(low).isCloseTo(low, withinPercentage(1e-9));
        assertThat(drawn[4]).isLessThanOrEqualTo(ends.get(1).doubleValue());
    }

    @Test
    void letsEachOrderOfMagnitudeBeAsLikely() {
        Axis axis = axis("{'type':'log_uniform','low':0.0001,'high':0.1}");

        assertThat(axis.at(1 / 3.0).doubleValue()).isBetween(0.000999, 0.001001);
        assertThat(axis.at(2 / 3.0).doubleValue()).isBetween(0.00999, 0.01001);
    }

    @Test
    void includesBothIntegersAtItsEnds() {
        assertThat(axis("{'type':'int_uniform','low':2,'high':5}").at(LAST).intValue())
                .isEqualTo(5);
        assertThat(axis("{'type':'int_log_uniform','low':16,'high':64}")
                        .at(LAST)
                        .intValue())
                .isEqualTo(64);
    }

    @Test
    void choosesAmongAllValues() {
        Axis axis = axis("{'type':'choice','values':['adam',{'type':'sgd'},3]}");

        assertThat(axis.at(0).stringValue()).isEqualTo("adam");
        assertThat(axis.at(0.5).get("type").stringValue()).isEqualTo("sgd");
        assertThat(axis.at(LAST).intValue()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/high {'type':'uniform','low':1,'high':1}",
                "/low {'type':'uniform','low':-1e101,'high':1}",
                "/low {'type':'log_uniform','low':0,'high':1}",
                "/low {'type':'int_log_uniform','low':0,'high':1}",
                "/high {'type':'int_uniform','low':0,'high':2000000000}",
                "/values {'type':'choice','values':[]}",
                "/values/1 {'type':'choice','values':[1,1]}",
                "/values/0 {'type':'choice','values':[null]}"
            })
    void refusesWhatHoldsNothing(String place) {
        String[] parts = place.split(" ", 2);

        assertThatThrownBy(() -> axis(parts[1]))
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems().get(0).pointer()).isEqualTo(parts[0]));
    }

    private static Axis axis(String json) {
        return Json.mapper().readValue(json.replace('\'', '"'), Axis.class);
    }
}
