package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.error.ServiceException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {

    private static final JsonMapper JSON = Json.mapper();

    enum Side {
        LEFT_HAND,
        RIGHT_HAND
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    sealed interface Figure permits Dot, Round {}

    sealed interface Round extends Figure {}

    @JsonTypeName("dot")
    record Dot() implements Figure {}

    @JsonTypeName("circle")
    record Circle(double radius) implements Round {
        Circle {
            InvalidValueException.throwIfAny(Range.POSITIVE.problem("radius", radius));
        }

        @JsonCreator
        static Circle of(@Nullable Double radius) {
            return new Circle(radius == null ? 1 : radius);
        }
    }

    @JsonTypeName("ring")
    record Ring(double inner, double outer) implements Round {
        Ring {
            InvalidValueException.throwIfAny(
                    Range.POSITIVE.problem("inner", inner), Range.POSITIVE.problem("outer", outer));
        }
    }

    record Drawing(
            int lineWidth,
            @Nullable Long seed,
            @Nullable Boolean shown,
            @Nullable String title,
            @Nullable Side side,
            @Nullable List<Figure> figures,
            @Nullable Map<String, Integer> depths,
            @Nullable JsonNode notes,
            @Nullable Instant madeAt) {
        Drawing {
            InvalidValueException.throwIfAny(Range.between(1, 9).problem("line_width", lineWidth));
        }
    }

    @Test
    void readsAndWritesSnakeCaseAndShortKinds() {
        String text = """
                {"line_width":2,"seed":9007199254740993,"side":"left_hand",\
                "figures":["dot",{"type":"circle","radius":2.5},{"type":"ring","inner":1.0,"outer":2.0}]}""";

        Drawing drawing = JSON.readValue(text, Drawing.class);

        assertThat(drawing.figures()).containsExactly(new Dot(), new Circle(2.5), new Ring(1, 2));
        assertThat(JSON.writeValueAsString(drawing)).isEqualTo(text);
    }

    @Test
    void readsAKindWithDefaultsFromItsNameAndTheLongFormOfABareOne() {
        assertThat(read("\"circle\"", Figure.class)).isEqualTo(new Circle(1));
        assertThat(read("{\"radius\":3,\"type\":\"circle\"}", Figure.class)).isEqualTo(new Circle(3));
        assertThat(read("{\"type\":\"dot\"}", Figure.class)).isEqualTo(new Dot());
    }

    @Test
    void tellsAllProblemsOfABodyAtOnce() {
        assertThat(problems("""
                {"line_width":"8","seed":1.5,"shown":1,"title":5,"side":"left_hnd","colour":3,
                 "figures":["circel",{"type":"ring","inner":"x","outer":-1},{"radius":1},7,null,{"type":"circle","radius":1e999}],
                 "depths":{"a/b":"deep"},"made_at":"yesterday"}
                """))
                .containsExactly(
                        "/colour there is no field \"colour\"",
                        "/line_width must be an integer but was \"8\"",
                        "/seed must be an integer but was 1.5",
                        "/shown must be true or false but was 1",
                        "/title must be a string but was 5",
                        "/side must be one of left_hand, right_hand but was \"left_hnd\" (did you mean \"left_hand\"?)",
                        "/figures/0 must be one of dot, circle, ring but was \"circel\" (did you mean \"circle\"?)",
                        "/figures/1/inner must be a number but was \"x\"",
                        "/figures/1/outer must be > 0 but was -1",
                        "/figures/2/type is required: one of dot, circle, ring",
                        "/figures/3 must be one of dot, circle, ring but was 7",
                        "/figures/4 must not be null",
                        "/figures/5/radius must be a finite number",
                        "/depths/a~1b has the wrong type: \"deep\"",
                        "/made_at must be a time such as \"2026-01-31T12:00:00Z\" but was \"yesterday\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                              | /line_width is required
            {"line_width":null}             | /line_width must not be null
            {"line_width":true}             | /line_width must be an integer but was true
            {"line_width":1.0}              | /line_width must be an integer but was 1.0
            {"line_width":3000000000}       | /line_width must be between -2147483648 and 2147483647 but was 3000000000
            {"line_width":""}               | /line_width must be an integer but was ""
            {"line_width":[1]}              | /line_width must be an integer but was an array
            {"line_width":10}               | /line_width must be >= 1 and <= 9 but was 10
            {"line_width":1,"figures":"dot"}| /figures must be an array but was "dot"
            {"line_width":1,"linewidth":1}  | /linewidth there is no field "linewidth" (did you mean "line_width"?)
            {"line_width":1,"@class":"x"}   | /@class there is no field "@class"
            {"line_width":1,"side":1}       | /side must be one of left_hand, right_hand but was 1
            []                              | must be an object but was an array
            "x"                             | must be an object but was "x"
            """)
    void refusesWhatDoesNotFit(String body, String problem) {
        assertThat(problems(body)).containsExactly(problem);
    }

    @Test
    void echoesAtMost64CharactersAndNothingInvisible() {
        assertThat(problems("{\"line_width\":\"\\u202e" + "x".repeat(100) + "\"}"))
                .containsExactly("/line_width must be an integer but was \"\\u202e" + "x".repeat(63) + "…\"");
        assertThat(problems("{\"line_width\":1,\"" + "y".repeat(100) + "\":1}"))
                .containsExactly("there is no field \"" + "y".repeat(64) + "…\"");
    }

    @Test
    void keepsTreesAsTheyAre() {
        Drawing drawing = JSON.readValue("{\"line_width\":1,\"notes\":[1,\"a\",null]}", Drawing.class);

        assertThat(drawing.notes()).isEqualTo(JSON.readTree("[1,\"a\",null]"));
    }

    @Test
    void refusesDuplicateFieldsAndMoreThanOneValue() {
        assertThatThrownBy(() -> JSON.readValue("{\"line_width\":1,\"line_width\":2}", Drawing.class))
                .isInstanceOf(StreamReadException.class)
                .hasMessageStartingWith("Duplicate");
        assertThatThrownBy(() -> JSON.readValue("{\"line_width\":0} {}", Drawing.class))
                .isInstanceOf(ServiceException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"line_width\":NaN}",
                "{\"line_width\":Infinity}",
                "{'line_width':1}",
                "{\"line_width\":01}"
            })
    void refusesWhatIsNoJson(String body) {
        assertThatThrownBy(() -> JSON.readValue(body, Drawing.class)).isInstanceOf(StreamReadException.class);
    }

    @Test
    void boundsDepthNumbersNamesAndStrings() {
        for (String value : List.of(
                "[".repeat(33) + "]".repeat(33),
                "1".repeat(513),
                "{\"" + "n".repeat(300) + "\":1}",
                '"' + "s".repeat((1 << 20) + 1) + '"')) {
            assertThatThrownBy(() -> JSON.readValue("{\"notes\":" + value + "}", Drawing.class))
                    .isInstanceOf(StreamConstraintsException.class);
        }
    }

    @Test
    void writesNullForWhatIsNotFinite() {
        assertThat(JSON.writeValueAsString(new double[] {1, 2})).isEqualTo("[1.0,2.0]");
        assertThat(JSON.writeValueAsString(List.of(Double.NaN, Double.NEGATIVE_INFINITY, 0.5)))
                .isEqualTo("[null,null,0.5]");
        assertThat(JSON.writeValueAsString(Map.of("loss", Double.NaN))).isEqualTo("{\"loss\":null}");
    }

    private static Object read(String json, Class<?> type) {
        return JSON.readValue(json, type);
    }

    private static List<String> problems(String json) {
        InvalidValueException refusal =
                catchThrowableOfType(InvalidValueException.class, () -> JSON.readValue(json, Drawing.class));
        return refusal.problems().stream().map(JsonTest::line).toList();
    }

    private static String line(Problem problem) {
        return (problem.pointer() + " " + problem.detail()).strip();
    }
}
