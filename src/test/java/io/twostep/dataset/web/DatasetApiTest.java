package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.twostep.storage.DataFolder;
import io.twostep.web.LiveService;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Datasets over HTTP, good ones and bad ones. */
class DatasetApiTest extends LiveService {

    private static final String LEAKS =
            "(?s).*(Exception|\\tat |org\\.|java\\.|jdbc|/tmp|SELECT|select |read_csv|DuckDB).*";

    @Autowired
    private DataFolder dataFolder;

    @Test
    void keepsATable() {
        upload("kept", "text/csv", "species,mass,wild\nAdelie,3.5,true\nGentoo,NA,false\n,5,true\n")
                .statusCode(201)
                .header("Location", startsWith("/api/v1/datasets/ds_"))
                .body("name", equalTo("kept"))
                .body("rows", equalTo(3))
                .body("columns.name", contains("species", "mass", "wild"))
                .body("columns.type", contains("category", "number", "boolean"))
                .body("columns.missing", contains(1, 1, 0))
                .body("columns.distinct", contains(2, 2, 2))
                .body("inferred.delimiter", equalTo(","));
        api().get("/datasets/kept").then().statusCode(200).body("id", notNullValue());
        api().get("/datasets/kept/rows?limit=2")
                .then()
                .statusCode(200)
                .body("rows", hasSize(2))
                .body("rows[0].mass", equalTo(3.5f))
                .body("rows[1].mass", nullValue())
                .body("rows[1].wild", equalTo(false));
    }

    @Test
    void warnsOfColumnsThatTeachNothing() {
        StringBuilder csv = new StringBuilder("name,empty,same,good\n");
        for (int i = 0; i < 40; i++) {
            csv.append("person %d,,x,%d\n".formatted(i, i));
        }
        upload("warned", "text/csv", csv.toString())
                .statusCode(201)
                .body(
                        "inferred.warnings",
                        contains(
                                "No value at all: \"empty\".",
                                "The same value in all rows that have one: \"same\".",
                                "Text that hardly repeats, which training should exclude: \"name\"."));
    }

    @Test
    void takesTsvJsonAndForms() {
        upload("tsv", "text/tab-separated-values", "a\tb\n1\tx\n")
                .statusCode(201)
                .body("columns.type", contains("integer", "category"));
        upload("json", "application/json", "[{\"a\":1,\"b\":\"1\"},{\"a\":2.5,\"c\":true},{\"b\":null}]")
                .statusCode(201)
                .body("columns.name", contains("a", "b", "c"))
                .body("columns.type", contains("number", "category", "boolean"))
                .body("columns.missing", contains(1, 2, 2));
        api().multiPart("file", "../../form.csv", "a;b\n1,5;x\n".getBytes(StandardCharsets.UTF_8), "text/csv")
                .post("/datasets")
                .then()
                .statusCode(201)
                .body("name", equalTo("form"))
                .body("inferred.delimiter", equalTo(";"));
    }

    @Test
    void takesTheSameBytesOnceAndRefusesOthersUnderTheName() {
        String id = upload("same-bytes", "text/csv", "a,b\n1,2\n")
                .statusCode(201)
                .extract()
                .path("id");
        upload("same-bytes", "text/csv", "a,b\n1,2\n").statusCode(200).body("id", equalTo(id));
        upload("same-bytes", "text/csv", "a,b\n1,3\n").statusCode(409).body("type", equalTo("urn:problem:name-taken"));
    }

    @Test
    void deletes() {
        String id = upload("gone", "text/csv", "a,b\n1,2\n")
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(file(id)).exists();
        api().delete("/datasets/gone").then().statusCode(204);
        api().get("/datasets/" + id).then().statusCode(404);
        assertThat(file(id)).doesNotExist();
    }

    @Test
    void listsInPages() {
        upload("page1", "text/csv", "a,b\n1,2\n").statusCode(201);
        upload("page2", "text/csv", "a,b\n1,2\n").statusCode(201);
        String next = api().get("/datasets?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .extract()
                .path("next");
        api().get("/datasets?limit=500&after=" + next).then().statusCode(200).body("next", nullValue());
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("text/csv", "", 422, "dataset-empty"),
                Arguments.of("text/csv", "a,b\n", 422, "dataset-empty"),
                Arguments.of("text/csv", "a,b\n1,2\n3\n", 422, "dataset-shape"),
                Arguments.of("text/csv", "a,b\n1,2,3\n", 422, "dataset-shape"),
                Arguments.of("text/csv", "a,a\n1,2\n", 422, "invalid-column-name"),
                Arguments.of("text/csv", "a,\n1,2\n", 422, "invalid-column-name"),
                Arguments.of("text/csv", "a,b\u0007\n1,2\n", 422, "invalid-column-name"),
                Arguments.of("text/csv", "x".repeat(300) + ",b\n1,2\n", 422, "invalid-column-name"),
                Arguments.of("text/csv", "a,b\n1,inf\n1,2\n", 422, "non-finite-number"),
                Arguments.of("text/csv", "a,b\n1,1e400\n", 422, "non-finite-number"),
                Arguments.of("text/csv", "a,b\n1,\"x\n2,3\n", 400, "malformed-csv"),
                Arguments.of("text/csv", "a,b\n1,x\0\n", 400, "malformed-csv"),
                Arguments.of("application/json", "[{", 400, "malformed-json"),
                Arguments.of("application/json", "[]", 422, "dataset-empty"),
                Arguments.of("application/json", "[{\"a\":\"\\u0000\"}]", 422, "dataset-shape"),
                Arguments.of("application/json", "[{\"a\":\"\\ud800\"}]", 422, "dataset-shape"),
                Arguments.of("application/json", "[{\"a\":1}] 1", 400, "malformed-json"),
                Arguments.of("application/json", "{}", 422, "dataset-shape"),
                Arguments.of("application/json", "[[1,2],[3]]", 422, "dataset-shape"),
                Arguments.of("application/json", "[{\"a\":{}}]", 422, "dataset-shape"),
                Arguments.of("application/json", "[{\"a\":1},{\"a\":\"1\"}]", 422, "dataset-shape"),
                Arguments.of("application/json", "[{\"a\":1,\"a\":2}]", 400, "duplicate-field"),
                Arguments.of("application/json", "[{\"a\":1e999}]", 422, "non-finite-number"),
                Arguments.of("application/json", "[".repeat(1000), 422, "dataset-shape"),
                Arguments.of("text/plain", "a,b\n1,2\n", 415, "unsupported-media-type"),
                Arguments.of("application/octet-stream", "PAR1", 415, "unsupported-media-type"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void refusesWhatIsNoTable(String type, String body, int status, String problem) throws IOException {
        List<Path> before = files();
        String answer = upload("bad", type, body)
                .statusCode(status)
                .body("type", equalTo("urn:problem:" + problem))
                .extract()
                .asString();
        assertThat(answer).doesNotMatch(LEAKS).hasSizeLessThan(4096);
        assertThat(files()).isEqualTo(before);
        api().get("/datasets/bad").then().statusCode(404);
    }

    @Test
    void takesParametersForWhatItFinds() {
        byte[] body = "x#'1,5#-\n'2'#1,5#b\n".getBytes(StandardCharsets.UTF_16LE);
        api().contentType("text/csv")
                .body(body)
                .post("/datasets?name=told&delimiter=%23&quote=none&encoding=utf-16le&header=false&decimal=comma"
                        + "&missing=-&missing=1,5")
                .then()
                .statusCode(201)
                .body("columns.name", contains("column_1", "column_2", "column_3"))
                .body("columns.missing", contains(0, 1, 1))
                .body("inferred.delimiter", equalTo("#"))
                .body("inferred.quote", equalTo(""))
                .body("inferred.encoding", equalTo("utf-16le"))
                .body("inferred.header", equalTo(false))
                .body("inferred.missing", contains("-", "1,5"))
                .body("first_rows", hasSize(2))
                .body("first_rows[0].column_2", equalTo("'1,5"))
                .body("first_rows[1].column_3", equalTo("b"));
        api().get("/datasets/told").then().statusCode(200).body("first_rows", nullValue());
    }

    @Test
    void tellsEveryParameterThatBreaksARule() {
        String query = "delimiter=ab&quote=%5C&encoding=klingon&header=1&decimal=x&missing=" + "x".repeat(65);
        upload("parameters&" + query, "text/csv", "a\n1\n")
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-parameter"))
                .body("errors.parameter", contains("delimiter", "quote", "encoding", "header", "decimal", "missing"));
        upload("parameters&delimiter=,&delimiter=;", "text/csv", "a\n1\n").statusCode(422);
        upload("parameters&delimiter=;&quote=;", "text/csv", "a\n1\n").statusCode(422);
        upload("parameters&header=true", "application/json", "[{\"a\":1}]").statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2Fx", "%3Cscript%3E", "a%20b", "%E2%80%AEx", "-x"})
    void refusesBadNames(String name) {
        upload(name, "a,b\n1,2\n").statusCode(422).body("type", equalTo("urn:problem:invalid-name"));
    }

    @Test
    void tellsTheLineOfARaggedRow() {
        upload("ragged", "text/csv", "a,b\n1,2\n\"x\ny\",3\n4\n")
                .statusCode(422)
                .body("detail", containsString("line 5"));
    }

    @Test
    void refusesAFormWithoutExactlyOneFile() {
        api().multiPart("other", "value").post("/datasets").then().statusCode(422);
        api().multiPart("a", "a.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                .multiPart("b", "b.csv", "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8))
                .post("/datasets")
                .then()
                .statusCode(422)
                .body("type", equalTo("urn:problem:invalid-multipart"));
    }

    private ValidatableResponse upload(String name, String type, String body) {
        return api().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets?name=" + name)
                .then();
    }

    private File file(String id) {
        return dataFolder.root().resolve("datasets").resolve(id + ".parquet").toFile();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(dataFolder.root())) {
            return files.filter(file -> file.toString().contains("/datasets/")
                            || file.toString().contains("/tmp/tmp_"))
                    .sorted()
                    .toList();
        }
    }
}
