package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.kind.Bounds;
import io.twostep.kind.Within;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which values a place in the request may take. Logarithms are those of {@link StrictMath}: the same on every machine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Axis {

    int MOST_CHOICES = 100;

    double LARGEST = 1e100;

    double LARGEST_INTEGER = 1e9;

    /** The value at a place between 0, which is included, and 1, which is not. */
    JsonNode at(double place);

    /** The outermost values: if a rule is broken by any, it is by one of these. */
    List<JsonNode> ends();

    /** All values, if they can be counted. */
    default @Nullable List<JsonNode> all() {
        return null;
    }

    /** Every number between two is as likely as any other. */
    @JsonTypeName("uniform")
    record Uniform(
            @Within(atLeast = -LARGEST, atMost = LARGEST) double low,
            @Within(atLeast = -LARGEST, atMost = LARGEST) double high)
            implements Axis {

        public Uniform {
            check(Uniform.class, low, high);
        }

        @Override
        public JsonNode at(double place) {
            return number(within(low * (1 - place) + high * place, low, high));
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(number(low), number(high));
        }
    }

    /** Every order of magnitude between two numbers is as likely as any other. */
    @JsonTypeName("log_uniform")
    record LogUniform(
            @Within(above = 0, below = LARGEST) double low,
            @Within(above = 0, below = LARGEST) double high) implements Axis {

        public LogUniform {
            check(LogUniform.class, low, high);
        }

        @Override
        public JsonNode at(double place) {
            return number(within(StrictMath.exp(between(low, high, place)), low, high));
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(number(low), number(high));
        }
    }

    /** Every integer between two, both included, is as likely as any other. */
    @JsonTypeName("int_uniform")
    record IntUniform(
            @Within(atLeast = -LARGEST_INTEGER, atMost = LARGEST_INTEGER)
            int low,

            @Within(atLeast = -LARGEST_INTEGER, atMost = LARGEST_INTEGER)
            int high)
            implements Axis {

        public IntUniform {
            check(IntUniform.class, low, high);
        }

        @Override
        public JsonNode at(double place) {
            return integer(within(Math.floor(low + place * ((double) high - low + 1)), low, high));
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(integer(low), integer(high));
        }
    }

    /** Every order of magnitude between two integers, both included, is as likely as any other. */
    @JsonTypeName("int_log_uniform")
    record IntLogUniform(
            @Within(atLeast = 1, atMost = LARGEST_INTEGER) int low,
            @Within(atLeast = 1, atMost = LARGEST_INTEGER) int high)
            implements Axis {

        public IntLogUniform {
            check(IntLogUniform.class, low, high);
        }

        @Override
        public JsonNode at(double place) {
            return integer(within(Math.floor(StrictMath.exp(between(low, high + 1.0, place))), low, high));
        }

        @Override
        public List<JsonNode> ends() {
            return List.of(integer(low), integer(high));
        }
    }

    /** One of several values of whatever kind. */
    @JsonTypeName("choice")
    record Choice(List<JsonNode> values) implements Axis {

        public Choice {
            values = List.copyOf(values);
            InvalidValueException.throwIfAny(problems(values).toArray(Problem[]::new));
        }

        private static List<Problem> problems(List<JsonNode> values) {
            if (values.isEmpty() || values.size() > MOST_CHOICES) {
                return List.of(
                        new Problem("/values", "must be 1 to " + MOST_CHOICES + " values but were " + values.size()));
            }
            List<Problem> problems = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < values.size(); i++) {
                if (!seen.add(values.get(i).toString())) {
                    problems.add(new Problem("/values/" + i, "is the same value again"));
                }
            }
            return problems;
        }

        @Override
        public JsonNode at(double place) {
            return values.get((int) within(Math.floor(place * values.size()), 0, values.size() - 1.0));
        }

        @Override
        public List<JsonNode> ends() {
            return values;
        }

        @Override
        public List<JsonNode> all() {
            return values;
        }
    }

    private static void check(Class<? extends Record> kind, Number low, Number high) {
        List<Problem> problems = new ArrayList<>(Bounds.problems(kind, low, high));
        if (problems.isEmpty() && low.doubleValue() >= high.doubleValue()) {
            problems.add(new Problem("/high", "must be > low, which is " + low + ", but was " + high));
        }
        InvalidValueException.throwIfAny(problems.toArray(Problem[]::new));
    }

    /** The logarithm of a number between two. */
    private static double between(double low, double high, double place) {
        return StrictMath.log(low) * (1 - place) + StrictMath.log(high) * place;
    }

    /** What rounding may have taken out of bounds. */
    private static double within(double value, double low, double high) {
        return Math.min(high, Math.max(low, value));
    }

    private static JsonNode number(double value) {
        return JsonNodeFactory.instance.numberNode(value);
    }

    private static JsonNode integer(double value) {
        return JsonNodeFactory.instance.numberNode((int) value);
    }
}
