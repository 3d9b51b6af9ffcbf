package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.twostep.web.LiveService;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables as people have them, from the upload to the rows. */
@Tag("once")
class UploadedTablesTest extends LiveService {

    private static final String CSV = "text/csv";
    private static final String JSON = "application/json";

    @ParameterizedTest
    @CsvSource({
        "data/iris.csv, 150, 5, 0",
        "data/wine.csv, 178, 14, 0",
        "data/breast_cancer.csv, 569, 31, 0",
        "data/digits.csv, 1797, 65, 0",
        "data/diabetes.csv, 442, 11, 0",
        "data/california_housing.csv, 20640, 10, 207",
        "samples/penguins.csv, 344, 8, 19",
        "data/titanic.csv, 891, 12, 866",
        "data/moons.csv, 1000, 3, 0",
        "data/circles.csv, 1000, 3, 0",
        "data/spirals.csv, 1000, 3, 0",
        "samples/vshape.csv, 800, 3, 0",
        "data/xor.csv, 500, 3, 0",
        "data/mnist_test_2k.csv.gz, 2000, 785, 0"
    })
    void readsThePublicTables(String file, int rows, int columns, int missing) throws IOException {
        JsonPath answer = upload(unique(), CSV, resource(file)).jsonPath();

        assertThat(answer.getInt("rows")).isEqualTo(rows);
        assertThat(answer.getList("columns")).hasSize(columns);
        assertThat(answer.getInt("columns.missing.sum()")).isEqualTo(missing);
        List<List<Object>> values = values(answer.getString("id"));
        assertThat(values.get(0)).hasSize(columns);
    }

    @Test
    void keepsRowsInTheirOrderAndValuesAsTheyWere() throws IOException {
        String id = upload(unique(), CSV, resource("samples/penguins.csv")).path("id");

        service()
                .get("/api/v1/datasets/" + id + "/rows?limit=4")
                .then()
                .statusCode(200)
                .body("rows", hasSize(4))
                .body("rows[0].bill_length_mm", equalTo(39.1f))
                .body("rows[0].body_mass_g", equalTo(3750))
                .body("rows[0].sex", equalTo("male"))
                .body("rows[3].sex", nullValue())
                .body("rows[3].keySet()", hasSize(8));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`a,b\\n1,2\\n3,4\\n`",
                "`a;b\\n1;2\\n3;4`",
                "`a\\tb\\r\\n1\\t2\\r\\n3\\t4\\r\\n`",
                "`a|b\\r1|2\\r3|4\\r`",
                "`\\uFEFFa,b\\n1,2\\n3,4\\n\\n\\n`",
                "`\\n\\n a , \"b\" \\n 1 , 2 \\n \"3\" , \" 4 \"`",
                "`a,b\\r\\n1,2\\n3,4\\r`",
                "`a;b\\n\"1\";\"2\"\\n3;4`"
            })
    void readsDialects(String csv) {
        JsonPath answer = upload(unique(), CSV, unescaped(csv)).jsonPath();

        assertThat(types(answer)).containsEntry("a", "integer").containsEntry("b", "integer");
        assertThat(values(answer.getString("id"))).containsExactly(List.of(1, 2), List.of(3, 4));
    }

    @Test
    void readsTextWithQuotesDelimitersAndLineEnds() {
        String id = upload(unique(), CSV, "a,b\n1,\"x, \"\"y\"\"\"\n2,\"two\nlines\"\n3,'tis\n4,5\" disk\n5,=1+1\n")
                .path("id");

        assertThat(service().get("/api/v1/datasets/" + id + "/rows").jsonPath().getList("rows.b"))
                .containsExactly("x, \"y\"", "two\nlines", "'tis", "5\" disk", "=1+1");
    }

    @Test
    void tellsNamesFromCategories() throws IOException {
        JsonPath answer = upload(unique(), CSV, resource("data/titanic.csv")).jsonPath();

        assertThat(types(answer))
                .containsEntry("Name", "text")
                .containsEntry("Embarked", "category")
                .containsEntry("Survived", "integer");
    }

    @Test
    void keepsColumnsApartThatDifferInCaseOnly() {
        String id = upload(unique(), CSV, "x,X,c0,\"a\"\"b\"\n1,2,3,4\n").path("id");

        service()
                .get("/api/v1/datasets/" + id + "/rows")
                .then()
                .statusCode(200)
                .body("rows[0].x", equalTo(1))
                .body("rows[0].X", equalTo(2));
        assertThat(values(id)).containsExactly(List.of(1, 2, 3, 4));
    }

    @Test
    void readsUtf16WithAByteOrderMark() {
        String text = "\uFEFFa,b\n1,é\n";
        for (var charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            JsonPath answer = post(unique(), CSV, text.getBytes(charset))
                    .then()
                    .statusCode(201)
                    .extract()
                    .jsonPath();
            assertThat(answer.getList("columns.name")).containsExactly("a", "b");
            assertThat(values(answer.getString("id"))).containsExactly(List.of(1, "é"));
        }
    }

    @Test
    void refusesALongLineAtOnce() {
        post(unique(), CSV, ("a,b\n1," + "x".repeat(3_000_000) + "\n").getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:problem:dataset-too-large"));
    }

    @Test
    void readsTheLongestLineThatIsAllowed() {
        upload(unique(), CSV, "a,b\n1,\"" + "中".repeat(1_999_990) + "\"\n");
    }

    @Test
    void refusesATableThatIsTooWide() {
        StringBuilder csv = new StringBuilder("c");
        for (int i = 1; i < 100_000; i++) {
            csv.append(",c").append(i);
        }
        post(unique(), CSV, csv.append("\n").toString().getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:problem:dataset-too-large"));
    }

    @Test
    void refusesALongRowOfJson() {
        String text = "x".repeat(1_000_000);
        StringBuilder json = new StringBuilder("[{\"k\":1");
        for (int i = 0; i < 12; i++) {
            json.append(",\"t").append(i).append("\":\"").append(text).append('"');
        }
        post(unique(), JSON, json.append("}]").toString().getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(413)
                .body("type", equalTo("urn:problem:dataset-too-large"));
    }

    @Test
    void namesADatasetAfterItsIdOrItsFile() {
        Response unnamed = service().contentType(CSV).body("a\n1\n").post("/api/v1/datasets");
        unnamed.then().statusCode(201).body("id", startsWith("ds_")).body("name", equalTo(unnamed.path("id")));

        String stem = unique();
        service()
                .multiPart("file", "../../" + stem + ".csv", "a\n1\n".getBytes(StandardCharsets.UTF_8), CSV)
                .post("/api/v1/datasets")
                .then()
                .statusCode(201)
                .body("name", equalTo(stem));
    }

    @Test
    void takesAMultipartFileOfSomeMegabytes() {
        byte[] csv = ("a,b\n" + "1234567,abcdefgh\n".repeat(300_000)).getBytes(StandardCharsets.UTF_8);

        service()
                .multiPart("file", "big.csv", csv, CSV)
                .post("/api/v1/datasets?name=" + unique())
                .then()
                .statusCode(201)
                .body("rows", equalTo(300_000));
    }

    @Test
    void tellsTheLineOfARowBehindBlankLines() {
        post(unique(), CSV, "a,b\n1,2\n\n4,5,6\n".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:dataset-shape"))
                .body("detail", containsString("line 4"));
    }

    private Response upload(String name, String type, String body) {
        return upload(name, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private Response upload(String name, String type, byte[] body) {
        Response answer = post(name, type, body);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo("/api/v1/datasets/" + answer.path("id"));
        return answer;
    }

    private Response post(String name, String type, byte[] body) {
        return service().contentType(type).body(body).post("/api/v1/datasets?name=" + name);
    }

    private List<List<Object>> values(String id) {
        List<Map<String, Object>> rows =
                service().get("/api/v1/datasets/" + id + "/rows").jsonPath().getList("rows");
        return rows.stream().map(row -> List.copyOf(nulls(row))).toList();
    }

    private static List<Object> nulls(Map<String, Object> row) {
        return row.values().stream().map(value -> value == null ? "" : value).toList();
    }

    private static Map<String, String> types(JsonPath answer) {
        return answer.getMap("columns.collectEntries { [(it.name): it.type] }");
    }

    private static String unique() {
        return "t-" + UUID.randomUUID();
    }

    /** Control characters, which the source of a test table cannot hold. */
    private static String unescaped(String text) {
        return text.replace("\\u0000", "\0")
                .replace("\\u0001", "\1")
                .replace("\\uFEFF", "\uFEFF")
                .translateEscapes();
    }

    private static byte[] resource(String file) throws IOException {
        try (InputStream raw = Objects.requireNonNull(
                        UploadedTablesTest.class.getClassLoader().getResourceAsStream(file), file);
                InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
            return in.readAllBytes();
        }
    }
}
