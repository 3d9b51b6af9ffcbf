package io.twostep.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import io.twostep.web.LiveService;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every public set loads as it is, with no parameter: the rows, types and missing values that are known of it. */
@Tag("tables")
class ManifestTest extends LiveService {

    private static final String XY = "number*2 category";

    /** The types in the order of the columns, and of the columns that lack values how many. */
    static Stream<Arguments> sets() {
        return Stream.of(
                Arguments.of("iris", "number*4 category", Map.of()),
                Arguments.of("wine", "number*4 integer number*7 integer category", Map.of()),
                Arguments.of("breast_cancer", "number*30 category", Map.of()),
                Arguments.of("digits", "integer*65", Map.of()),
                Arguments.of("diabetes", "integer*2 number*2 integer number*4 integer*2", Map.of()),
                Arguments.of("california_housing", "number*9 category", Map.of("total_bedrooms", 207)),
                Arguments.of(
                        "penguins",
                        "category*2 number*2 integer*2 category integer",
                        Map.of(
                                "bill_length_mm", 2,
                                "bill_depth_mm", 2,
                                "flipper_length_mm", 2,
                                "body_mass_g", 2,
                                "sex", 11)),
                Arguments.of(
                        "titanic",
                        "integer*3 text category number integer*2 text number text category",
                        Map.of("Age", 177, "Cabin", 687, "Embarked", 2)),
                Arguments.of("moons", XY, Map.of()),
                Arguments.of("circles", XY, Map.of()),
                Arguments.of("spirals", XY, Map.of()),
                Arguments.of("vshape", XY, Map.of()),
                Arguments.of("xor", XY, Map.of()),
                Arguments.of("mnist", "integer*785", Map.of()));
    }

    @ParameterizedTest
    @MethodSource("sets")
    void loadsWithoutAParameter(String name, String types, Map<String, Integer> missing) {
        ReferenceSet set = ReferenceSet.named(name);
        List<JsonPath> parts = set.files().stream().map(this::upload).toList();

        assertThat(parts.stream().mapToInt(part -> part.getInt("rows")).sum()).isEqualTo(set.rows());
        assertThat(parts)
                .allSatisfy(
                        part -> assertThat(part.<String>getList("columns.type")).isEqualTo(expanded(types)));
        assertThat(missing(parts.get(0))).isEqualTo(missing);
        assertThat(parts.stream()
                        .flatMap(part -> part.<Integer>getList("columns.missing").stream())
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(set.missing());
    }

    private JsonPath upload(String file) {
        return api().contentType(file.endsWith(".gz") ? "application/gzip" : "text/csv")
                .body(ReferenceSet.bytes(file))
                .post("/datasets")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    private static List<String> expanded(String types) {
        return Arrays.stream(types.split(" "))
                .map(run -> run.split("\\*"))
                .flatMap(run -> Collections.nCopies(run.length == 1 ? 1 : Integer.parseInt(run[1]), run[0]).stream())
                .toList();
    }

    private static Map<String, Integer> missing(JsonPath part) {
        List<String> names = part.getList("columns.name");
        List<Integer> counts = part.getList("columns.missing");
        Map<String, Integer> missing = new LinkedHashMap<>();
        IntStream.range(0, names.size())
                .filter(i -> counts.get(i) > 0)
                .forEach(i -> missing.put(names.get(i), counts.get(i)));
        return missing;
    }
}
