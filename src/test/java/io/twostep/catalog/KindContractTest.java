package io.twostep.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.kind.Kinds;
import io.twostep.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What every kind of every family owes, whoever adds it. */
class KindContractTest {

    private static final JsonMapper JSON = Json.mapper();

    record Case(Class<?> family, Kind kind) {

        private ObjectNode request() {
            ObjectNode request = JSON.createObjectNode().put(Kinds.FIELD, kind.type());
            kind.fields().stream().filter(Kind.Field::required).forEach(field -> {
                if (field.type().equals("kinds")) {
                    request.putArray(field.name()).add(first(String.valueOf(field.family())));
                } else {
                    request.put(field.name(), 1);
                }
            });
            return request;
        }

        private static ObjectNode first(String family) {
            return kinds().filter(test -> Catalog.FAMILIES.get(family) == test.family)
                    .findFirst()
                    .orElseThrow()
                    .request();
        }

        private List<Problem> problemsWith(String field, double value, boolean integer) {
            ObjectNode request = request();
            if (integer) {
                request.put(field, (long) value);
            } else {
                request.put(field, value);
            }
            @Nullable
            InvalidValueException refusal =
                    catchThrowableOfType(InvalidValueException.class, () -> JSON.treeToValue(request, family));
            return refusal == null ? List.of() : refusal.problems();
        }

        @Override
        public String toString() {
            return kind.type();
        }
    }

    static Stream<Case> kinds() {
        return Catalog.of(JSON).families().stream()
                .flatMap(family ->
                        family.kinds().stream().map(kind -> new Case(Catalog.FAMILIES.get(family.family()), kind)));
    }

    static Stream<Case> kindsWithBounds() {
        return kinds().filter(test -> !bounded(test).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isExplained(Case test) {
        assertThat(test.kind.formula())
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isReadAsItIsWritten(Case test) {
        Object value = JSON.treeToValue(test.request(), test.family);

        String written = JSON.writerFor(test.family).writeValueAsString(value);

        assertThat((Object) JSON.readValue(written, test.family)).isEqualTo(value);
        assertThat(written).contains('"' + test.kind.type() + '"');
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void isWhatItsDefaultsSay(Case test) {
        ObjectNode said = test.request();
        test.kind.fields().stream()
                .filter(field -> field.usual() != null)
                .forEach(field -> said.set(field.name(), field.usual()));

        assertThat((Object) JSON.treeToValue(said, test.family))
                .isEqualTo(JSON.treeToValue(test.request(), test.family));
    }

    @ParameterizedTest
    @MethodSource("kindsWithBounds")
    void refusesByNameWhatIsOutOfBounds(Case test) {
        for (Kind.Field field : bounded(test)) {
            boolean integer = field.type().equals("integer");
            for (double outside : outside(field, integer)) {
                assertThat(test.problemsWith(field.name(), outside, integer))
                        .as("%s = %s", field.name(), outside)
                        .extracting(Problem::pointer)
                        .contains("/" + field.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kindsWithBounds")
    void takesWhatIsJustWithinBounds(Case test) {
        for (Kind.Field field : bounded(test)) {
            boolean integer = field.type().equals("integer");
            for (double inside : inside(field)) {
                assertThat(test.problemsWith(field.name(), inside, integer))
                        .as("%s = %s", field.name(), inside)
                        .noneMatch(problem -> problem.pointer().equals("/" + field.name())
                                && problem.detail().startsWith("must be " + range(field)));
            }
        }
    }

    private static List<Kind.Field> bounded(Case test) {
        return test.kind.fields().stream()
                .filter(field -> !outside(field, false).isEmpty())
                .toList();
    }

    private static List<Double> outside(Kind.Field field, boolean integer) {
        List<Double> values = new ArrayList<>();
        if (field.minimum() != null) {
            values.add(integer ? field.minimum() - 1 : Math.nextDown(field.minimum()));
        }
        if (field.exclusiveMinimum() != null) {
            values.add(field.exclusiveMinimum());
        }
        if (field.maximum() != null) {
            values.add(integer ? field.maximum() + 1 : Math.nextUp(field.maximum()));
        }
        if (field.exclusiveMaximum() != null) {
            values.add(field.exclusiveMaximum());
        }
        return values;
    }

    private static Range range(Kind.Field field) {
        double low =
                field.minimum() == null ? orElse(field.exclusiveMinimum(), Double.NEGATIVE_INFINITY) : field.minimum();
        double high =
                field.maximum() == null ? orElse(field.exclusiveMaximum(), Double.POSITIVE_INFINITY) : field.maximum();
        return new Range(low, field.minimum() != null, high, field.maximum() != null);
    }

    private static double orElse(@Nullable Double bound, double other) {
        return bound == null ? other : bound;
    }

    private static List<Double> inside(Kind.Field field) {
        return Stream.of(
                        field.minimum(),
                        field.maximum(),
                        field.exclusiveMinimum() == null ? null : Math.nextUp(field.exclusiveMinimum()),
                        field.exclusiveMaximum() == null ? null : Math.nextDown(field.exclusiveMaximum()))
                .flatMap(Stream::ofNullable)
                .toList();
    }
}
