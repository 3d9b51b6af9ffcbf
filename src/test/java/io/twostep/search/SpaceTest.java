package io.twostep.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.InvalidValueException;
import io.twostep.web.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceTest {

    private static final String RATE = "'/optimizer/learning_rate':{'type':'log_uniform','low':0.0001,'high':0.1}";
    private static final String UNITS = "'/network/layers/0/units':{'type':'choice','values':[16,64]}";

    @Test
    void drawsTheSameFromTheSameSeed() {
        Space space = space(RATE, UNITS);

        List<Settings> drawn = space.draw(20, 7);

        assertThat(drawn).hasSize(20).isEqualTo(space.draw(20, 7));
        assertThat(space.draw(5, 7)).isEqualTo(drawn.subList(0, 5));
        assertThat(space.draw(20, 8)).doesNotContainAnyElementsOf(drawn);
        assertThat(drawn).allMatch(settings -> {
            double rate = settings.values().get("/optimizer/learning_rate").doubleValue();
            return rate >= 0.0001 && rate <= 0.1;
        });
    }

    /** The very numbers: a search that was accepted by another build goes on with the same. */
    @Test
    void drawsTheSameOnEveryMachine() {
        assertThat(space(RATE, UNITS).draw(2, 0).stream()
                        .map(settings -> settings.values().values().toString())
                        .toList())
                .isEqualTo(List.of("[8.159954343001206E-4, 16]", "[0.029107540629590145, 64]"));
    }

    @Test
    void drawsNoSettingsTwice() {
        Space space = space(UNITS, "'/batch_size':{'type':'int_uniform','low':1,'high':2}");

        assertThat(space.draw(100, 0)).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void combinesAllChoices() {
        Space space = space(UNITS, "'/batch_size':{'type':'choice','values':[8,9,10]}");

        assertThat(space.combinations()).isEqualTo(6);
        assertThat(space.grid().stream()
                        .map(settings -> settings.values().values().toString())
                        .toList())
                .containsExactly("[16, 8]", "[16, 9]", "[16, 10]", "[64, 8]", "[64, 9]", "[64, 10]");
    }

    @Test
    void boundsGrids() {
        String many = IntStream.range(0, 30)
                .mapToObj(
                        i -> "'/encoding/columns/c" + i + "/numeric':{'type':'choice','values':['a','b','c','d','e']}")
                .collect(Collectors.joining(","));

        assertThat(space(many).combinations()).isEqualTo(Integer.MAX_VALUE);
        refuses("/space", () -> new SearchMethod.Grid().requireSuits(space(many)));
        refuses("/space/~1optimizer~1learning_rate", () -> new SearchMethod.Grid().requireSuits(space(RATE, UNITS)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer/learning_rate",
                "/optimizer/learning~rate",
                "",
                "/split/validation",
                "/dataset",
                "/seed",
                "/model",
                "/a/a/a/a/a/a/a/a/a/a/a/a/a"
            })
    void refusesPlacesThatTrialsMustShare(String pointer) {
        refuses(
                "/" + pointer.replace("~", "~0").replace("/", "~1"),
                () -> space("'" + pointer + "':{'type':'choice','values':[1]}"));
    }

    @Test
    void refusesPlacesWithinOthers() {
        refuses("/~1optimizer~1learning_rate", () -> space(RATE, "'/optimizer':{'type':'choice','values':['adam']}"));
        assertThat(space(RATE, "'/optimizer/learning':{'type':'choice','values':[1]}")
                        .axes())
                .hasSize(2);
    }

    @Test
    void boundsPlacesAndWhatTheyHold() {
        refuses("", () -> space());
        refuses(
                "",
                () -> space(IntStream.range(0, 33)
                        .mapToObj(i -> "'/stop/a" + i + "':{'type':'choice','values':[1]}")
                        .collect(Collectors.joining(","))));
        refuses("", () -> space("'/network':{'type':'choice','values':['" + "n".repeat(4000) + "']}"));
        refuses("/~1stop", () -> space("'/stop':null"));
    }

    private static void refuses(String pointer, org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThatThrownBy(making)
                .isInstanceOfSatisfying(
                        InvalidValueException.class,
                        e -> assertThat(e.problems().get(0).pointer()).isEqualTo(pointer));
    }

    private static Space space(String... axes) {
        return new Space(Json.mapper()
                .readValue(
                        ("{" + String.join(",", axes) + "}").replace('\'', '"'),
                        new tools.jackson.core.type.TypeReference<java.util.LinkedHashMap<String, Axis>>() {}));
    }
}
