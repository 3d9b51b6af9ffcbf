package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads that say of some columns what they hold. */
class TypesApiTest extends LiveService {

    private static final String CSV = "text/csv;charset=utf-8";

    @Test
    void keepsTheNumbersOfAColumnAndTellsWhatIsMissingNow() {
        JsonPath table = made(CSV, "age,n\n1,a\nn.k.,b\n2.5,c\ninf,d\nn.k.,e\n1e999,f\n,g\n", "age:number");

        assertThat(values(table, "age")).containsExactly(1f, null, 2.5f, null, null);
        assertThat(table.getMap("columns[0]")).containsEntry("type", "number").containsEntry("missing", 5);
        assertThat(table.getInt("columns[0].stray_text.count")).isEqualTo(4);
        assertThat(table.getInt("columns[0].stray_text.numbers")).isEqualTo(2);
        assertThat(table.getList("columns[0].stray_text.examples.value")).containsExactly("n.k.", "inf", "1e999");
        assertThat(table.getList("columns[0].stray_text.examples.first_row")).containsExactly(2, 4, 6);
        assertThat(table.<String>getList("inferred.warnings"))
                .contains("Values of the column \"age\" that are no numbers are missing now: 2 are, 4 are not, such as"
                        + " \"n.k.\" 2 times, first in row 2, \"inf\" in row 4, \"1e999\" in row 6.");
    }

    @Test
    void keepsTextAsItIsWritten() {
        JsonPath table =
                made(CSV, "zip,day,id\n01,2026-01-31,1\n1.0,2026-02-01,2\n", "zip:category", "day:category", "id:text");

        assertThat(table.getList("columns.type")).containsExactly("category", "category", "text");
        assertThat(values(table, "zip")).containsExactly("01", "1.0");
        assertThat(values(table, "id")).containsExactly("1", "2");
        assertThat(table.getMap("columns[1]")).doesNotContainKey("date_order");
    }

    @ParameterizedTest
    @CsvSource({
        "day_first, 03/04/2026 31/01/2026 soon 01/31/2026 2026-01-31, 2 3",
        "month_first, 03/04/2026 31/01/2026 soon 01/31/2026 2026-01-31, 2 3",
        "year_first, 03/04/2026 31/01/2026 soon 01/31/2026 2026-01-31, 1 4"
    })
    void keepsTheDatesOfAColumn(String order, String days, String counts) {
        JsonPath table = made(CSV, "day,n\n" + days.replace(" ", ",1\n") + ",1\n", "day:" + order);

        assertThat(table.getMap("columns[0]")).containsEntry("type", "date").containsEntry("date_order", order);
        assertThat(table.getInt("columns[0].stray_text.numbers") + " " + table.getInt("columns[0].missing"))
                .isEqualTo(counts);
        assertThat(values(table, "day").get(2)).as("soon").isNull();
    }

    @Test
    void takesADecimalCommaAndAColonInAName() {
        JsonPath table = made(CSV, "a:b;c\n1,5;x\n2,25;w\nabout 2;y\n-;z\n", "a:b:number");

        assertThat(values(table, "a:b")).containsExactly(1.5f, 2.25f, null, null);
        assertThat(table.getInt("columns[0].stray_text.count")).isEqualTo(1);
        assertThat(table.getMap("inferred.types")).isEqualTo(Map.of("a:b", "number"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | [{\"x\":1,\"y\":7},{\"x\":\"1.5\",\"y\":8},{\"x\":\"?!\",\"y\":9},{\"x\":true}]",
                "application/x-ndjson | {\"x\":1,\"y\":7} {\"x\":\"1.5\",\"y\":8} {\"x\":\"?!\",\"y\":9} {\"x\":true}"
            })
    void goesWithJson(String type, String body) {
        JsonPath table = made(type, body, "x:number", "y:category");

        assertThat(values(table, "x")).containsExactly(1f, 1.5f, null, null);
        assertThat(values(table, "y")).containsExactly("7", "8", "9", null);
        assertThat(table.getList("inferred.given")).containsExactly("types");
    }

    @Test
    void isTheSameDatasetOnlyWithTheSameTypes() {
        String csv = "a,b\n1,2\n3,4\n";
        upload(CSV, csv, "typed", "a:number", "b:category").statusCode(201);

        upload(CSV, csv, "typed", "b:category", "a:number").statusCode(200);
        upload(CSV, csv, "typed", "a:number")
                .statusCode(409)
                .body("detail", containsString("of the same content, but read with other types."));
        upload(CSV, csv, "typed").statusCode(409);
    }

    @Test
    void saysWhatIsWrongWithTheParameter() {
        upload(CSV, "age,b\n1,2\n", null, "aeg:number")
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-parameter"))
                .body("errors.detail", contains("the table has no column \"aeg\" (did you mean \"age\"?)"));
        upload("application/json", "[{\"age\":1}]", null, "aeg:number")
                .statusCode(422)
                .body("errors.detail", contains("the table has no column \"aeg\" (did you mean \"age\"?)"));
        unchecked(CSV, "age,b\n1,2\n", "types=age:integer&types=age&types=b:text&types=b:text&header=maybe")
                .statusCode(422)
                .body("errors", hasSize(4))
                .body("errors.detail", hasItem(containsString("TYPE is one of number, category, text, year_first")))
                .body("errors.detail", hasItem("must name the column \"b\" once"));
    }

    @Test
    void refusesTypesForParquet() {
        upload(CSV, "a\n1\n", "typeless").statusCode(201);
        byte[] parquet = api().get("/datasets/typeless/content?format=parquet")
                .then()
                .extract()
                .asByteArray();

        api().contentType("application/vnd.apache.parquet")
                .body(parquet)
                .post("/datasets?types=a:number")
                .then()
                .statusCode(422)
                .body("detail", containsString("types does not go with it"));
    }

    @Test
    void namesTheTypeAsARemedy() {
        JsonPath table = upload(CSV, "age,day\n1,03/04/2026\n2,04/05/2026\nx,05/06/2026\n", null)
                .statusCode(201)
                .extract()
                .jsonPath();

        assertThat(table.<String>getList("inferred.warnings"))
                .anyMatch(warning -> warning.contains("types=age:number makes all of them missing"))
                .anyMatch(warning -> warning.contains("types=COLUMN:day_first or types=COLUMN:month_first tells"));
    }

    /** What became missing in training is a fault in a request, since nobody would be told of it there. */
    @Test
    void servesWhatItLearned() {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> (i % 4 == 0 ? "unknown" : i) + ",0" + i % 3 + "," + (i % 2 == 0 ? "yes" : "no"))
                .collect(Collectors.joining("\n", "age,zip,good\n", "\n"));
        upload(CSV, rows, "people", "age:number", "zip:category").statusCode(201);
        submit("/training-jobs", "{\"dataset\":\"people\",\"target\":\"good\",\"epochs\":2,\"model\":\"people\"}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));

        predict("{\"age\":null,\"zip\":\"01\"}").statusCode(200).body("warnings.kind", contains("missing"));
        predict("{\"age\":3,\"zip\":\"1\"}").statusCode(200).body("warnings.kind", contains("unseen_category"));
        predict("{\"age\":\"unknown\",\"zip\":\"01\"}")
                .statusCode(422)
                .body("errors[0].detail", containsString("must be a finite number but was \"unknown\""));
    }

    private ValidatableResponse predict(String instance) {
        return api().contentType("application/json")
                .body("{\"instances\":[" + instance + "]}")
                .post("/models/people/predictions")
                .then();
    }

    private static List<Object> values(JsonPath table, String column) {
        return table.getList("first_rows.'" + column + "'");
    }

    private JsonPath made(String type, String body, String... types) {
        return upload(type, body, null, types).statusCode(201).extract().jsonPath();
    }

    /** Without a name where it is null. */
    private ValidatableResponse upload(String type, String body, String name, String... types) {
        String query = Arrays.stream(types)
                .map(said -> "&types=" + URLEncoder.encode(said, StandardCharsets.UTF_8))
                .collect(Collectors.joining("", name == null ? "" : "&name=" + name, ""));
        return api().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets" + (query.isEmpty() ? "" : "?" + query.substring(1)))
                .then();
    }

    private ValidatableResponse unchecked(String type, String body, String query) {
        return service()
                .basePath("/api/v1")
                .contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets?" + query)
                .then();
    }
}
