package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.Response;
import io.twostep.web.LiveService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class ContentApiTest extends LiveService {

    private static final String PARQUET = "application/vnd.apache.parquet";

    private static final String AWKWARD = """
            "na,me",n,i,flag,empty
            "say ""hi"", twice",-1.5,9007199254740992,TRUE,
            "two
            lines",1e300,-3,false,
            =1+1,0.1,,,
            -,5e-324,0,true,
            Zoë 😀,,7,true,
            """;

    @Test
    void downloadsWhatIsTheSameTableWhenUploadedAgain() {
        upload("awkward", AWKWARD, "text/csv");

        String csv = download("awkward", "format=csv").asString();
        upload("awkward-again", csv, "text/csv");

        assertThat(rows("awkward-again")).isEqualTo(rows("awkward")).hasSize(5);
        assertThat(columns("awkward-again")).isEqualTo(columns("awkward"));
    }

    /** Texts that tempt a reader of CSV; those of the last two need the parameters that the description names. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'a;b':'x'},{'a;b':'y'}]",
                "[{'a;b':'1;2','c|d':'u|v'},{'a;b':'3;4','c|d':null}]",
                "[{'a\\\\b':'x y','c':'p;q;r'},{'a\\\\b':'y 2','c':'s|t'}]",
                "[{'t':'it\\u0027s'},{'t':'\\u0027quoted\\u0027'}]",
                "[{'t':'tab\\tin it','u':'a;b'},{'t':'more\\tof it','u':'c;d'}]",
                "[{'1':'x','2':'x'},{'1':'y','2':'x'}]",
                "[{'t':'NA','u':'a'},{'t':'-','u':'t'},{'t':'null','u':null}]"
            })
    void downloadsWhatIsReadAsItWas(String json) {
        String body = json.replace('\'', '"');
        String name = "tempting-" + Integer.toHexString(body.hashCode());
        upload(name, body, "application/json");

        String csv = download(name, "format=csv").asString();
        if (!json.contains("'1'") && !json.contains("NA")) {
            upload(name + "-guessed", csv, "text/csv");
            assertThat(rows(name + "-guessed")).isEqualTo(rows(name));
            assertThat(columns(name + "-guessed")).isEqualTo(columns(name));
        }
        upload(name + "-told&delimiter=comma&header=true&decimal=point&missing=", csv, "text/csv");
        assertThat(rows(name + "-told")).isEqualTo(rows(name));
        assertThat(columns(name + "-told")).isEqualTo(columns(name));
    }

    @Test
    void writesPlainCsv() {
        upload("plain", "a,b\nx,1\n\"y, z\",2.5\n,3\n", "text/csv");

        Response answer = download("plain", "");

        assertThat(answer.contentType()).isEqualTo("text/csv;charset=UTF-8");
        assertThat(answer.header("Content-Disposition")).isEqualTo("attachment; filename=\"plain.csv\"");
        assertThat(answer.asString()).isEqualTo("\"a\",\"b\"\r\nx,1.0\r\n\"y, z\",2.5\r\n,3.0\r\n");
    }

    @Test
    void keepsRowsWithoutAnyValue() {
        upload("gaps", "a\nx\n\"\"\ny\n", "text/csv");

        String csv = download("gaps", "").asString();

        assertThat(csv).isEqualTo("\"a\"\r\nx\r\n\"\"\r\ny\r\n");
    }

    @Test
    void escapesFormulasAndLeavesNumbersAlone() {
        upload("formulas", "=x,n\n=1+1,-1.5\n+1 a,-2\n-a,3\n@SUM(A1),4\na=b,5\n", "text/csv");

        String csv = download("formulas", "escape=formulas").asString();

        assertThat(csv)
                .isEqualTo("\"'=x\",\"n\"\r\n'=1+1,-1.5\r\n'+1 a,-2.0\r\n'-a,3.0\r\n'@SUM(A1),4.0\r\na=b,5.0\r\n");
    }

    @Test
    void writesParquetWithTheColumnsUnderTheirNames(@TempDir Path folder) throws IOException, SQLException {
        upload("awkward-parquet", AWKWARD, "text/csv");

        Response answer = download("awkward-parquet", "format=parquet");

        assertThat(answer.contentType()).isEqualTo(PARQUET);
        assertThat(answer.header("Content-Disposition")).contains("filename=\"awkward-parquet.parquet\"");
        Path file = Files.write(folder.resolve("table.parquet"), answer.asByteArray());
        assertThat(read(file, "\"na,me\", n, i, flag, empty"))
                .containsExactly(
                        "say \"hi\", twice|-1.5|9007199254740992|true|null",
                        "two\nlines|1.0E300|-3|false|null",
                        "=1+1|0.1|null|null|null",
                        "null|4.9E-324|0|true|null",
                        "Zoë 😀|null|7|true|null");
    }

    @Test
    void goesByTheHeaderWhereTheQuerySaysNothing() {
        upload("by-header", "a\n1\n", "text/csv");

        assertThat(accepting(PARQUET, "").contentType()).isEqualTo(PARQUET);
        assertThat(accepting("text/html, */*;q=0.8", "").contentType()).startsWith("text/csv");
        assertThat(accepting("text/csv", "?format=parquet").contentType()).isEqualTo(PARQUET);
        accepting("image/png", "").then().statusCode(406).body("type", equalTo("urn:problem:not-acceptable"));
    }

    @Test
    void refusesHeadersThatNameNoFormatOfOurs() {
        upload("by-header", "a\n1\n", "text/csv");
        String many = IntStream.range(0, 60).mapToObj(i -> "text/csv").collect(Collectors.joining(","));

        for (String accept : List.of("foo", "text/csv;q=abc", many, "text/csv;q=0", "text/csv;q=0, text/*")) {
            accepting(accept, "").then().statusCode(406).body("type", equalTo("urn:problem:not-acceptable"));
        }
        assertThat(accepting("text/csv;q=0, */*", "").contentType()).isEqualTo(PARQUET);
    }

    @Test
    void refusesParquetWhereItCannotTellColumnsApart() {
        upload("cases", "A,a\n1,2\n", "text/csv");

        api().get("/datasets/cases/content?format=parquet")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("differ in case only"));
        assertThat(download("cases", "format=csv").asString()).isEqualTo("\"A\",\"a\"\r\n1,2\r\n");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        upload("refusals", "a\n1\n", "text/csv");

        api().get("/datasets/refusals/content?format=xlsx")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("format"));
        api().get("/datasets/refusals/content?escape=all")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("escape"));
        api().get("/datasets/refusals/content?format=parquet&escape=formulas")
                .then()
                .statusCode(422)
                .body("errors[0].parameter", equalTo("escape"));
        api().get("/datasets/no-such-one/content").then().statusCode(404);
    }

    /** More rows than are in memory at a time. */
    @Test
    void sendsAllRowsOfALongTableInTheirOrder() {
        String csv = IntStream.range(0, 100_000)
                .mapToObj(i -> i + "\r\n")
                .collect(Collectors.joining("", "\"number\"\r\n", ""));
        upload("long-one", csv, "text/csv");

        assertThat(download("long-one", "format=csv").asString()).isEqualTo(csv);
    }

    @Test
    void keepsTheTextsOfJsonAsTheyAre() {
        upload("json-texts", "[{\"t\":\"a\\r\\nb\"},{\"t\":\"\\tc\"},{\"t\":null}]", "application/json");

        assertThat(download("json-texts", "escape=formulas").asString())
                .isEqualTo("\"t\"\r\n\"a\r\nb\"\r\nc\r\n\"\"\r\n");
    }

    private void upload(String name, String body, String type) {
        api().contentType(type + (type.equals("text/csv") ? ";charset=UTF-8" : ""))
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets?name=" + name)
                .then()
                .statusCode(anyOf(equalTo(200), equalTo(201)));
    }

    private Response download(String name, String query) {
        Response answer = api().get("/datasets/" + name + "/content" + (query.isEmpty() ? "" : "?" + query));
        answer.then().statusCode(200);
        return answer;
    }

    private Response accepting(String accept, String query) {
        return api().accept(accept).get("/datasets/by-header/content" + query);
    }

    private List<Object> rows(String name) {
        return api().get("/datasets/" + name + "/rows").jsonPath().getList("rows");
    }

    private List<Object> columns(String name) {
        return api().get("/datasets/" + name).jsonPath().getList("columns");
    }

    private static List<String> read(Path file, String columns) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("select " + columns + " from read_parquet('" + file + "')")) {
            List<String> read = new ArrayList<>();
            while (rows.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    row.append(i == 1 ? "" : "|").append(rows.getObject(i));
                }
                read.add(row.toString());
            }
            return read;
        }
    }
}
