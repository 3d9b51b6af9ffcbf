package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.builder.MultiPartSpecBuilder;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.twostep.storage.DataFolder;
import io.twostep.web.LiveService;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Uploads that mean no good, and uploads that only look so. None may leave a file, or tell anything of our insides. */
class HostileUploadTest extends LiveService {

    private static final Pattern INSIDES = Pattern.compile(
            "(?i)\\bat [a-z]+\\.|java\\.|\\.java|exception|"
                    + "twostep\\.[a-z]+\\.[a-z]|jackson|spring|tomcat|duckdb|read_csv|read_parquet|select |insert |jdbc:|/tmp|/home|/root");

    @Autowired
    private DataFolder folder;

    private List<Path> before = List.of();
    private boolean accepted;

    @BeforeEach
    void lookAround() throws IOException {
        before = files();
    }

    @AfterEach
    void findNothingLeft() throws IOException {
        if (!accepted) {
            assertThat(files()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "text/csv ~ PAR1....PAR1 ~ 400 ~ malformed-parquet",
                "text/csv ~ <html></html> ~ 422 ~ dataset-empty",
                "application/json ~ PAR1....PAR1 ~ 400 ~ malformed-parquet",
                "application/json ~ a,b|1,2| ~ 400 ~ malformed-json",
                "application/json ~ {\"source\":\"file:///etc/passwd\"} ~ 422 ~ dataset-shape",
                "application/json ~ {\"source\":\"http://169.254.169.254/\"} ~ 422 ~ dataset-shape",
                "application/vnd.apache.parquet ~ PAR1....PAR1 ~ 400 ~ malformed-parquet",
                "application/zip ~ PK ~ 415 ~ unsupported-media-type",
                "text/csv ~ a,b|1,nan|2,-Infinity|3,4| ~ 422 ~ non-finite-number",
                "text/csv ~ a,b|1,2|3,1e400| ~ 422 ~ non-finite-number",
            })
    void refusesWhatIsNotWhatItSays(String type, String body, int status, String slug) {
        refused(uploadUnnamed(type, body.replace('|', '\n')), status, slug);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0089PNG\r\n\u001a\n\u0000\u0000", "PAR1\u0015\u0000\u0015\u00ff"})
    void refusesBinaryFilesAsText(String bytes) {
        refused(
                api().contentType("text/csv")
                        .body(bytes.getBytes(StandardCharsets.ISO_8859_1))
                        .post("/datasets"),
                400,
                "malformed-csv");
    }

    @Test
    void refusesEncodedBodies() {
        refused(
                api().contentType("text/csv")
                        .header("Content-Encoding", "br")
                        .body(new byte[] {0x1f, (byte) 0x8b, 8, 0})
                        .post("/datasets"),
                415,
                "unsupported-content-encoding");
    }

    @Test
    void refusesTablesBeyondItsBounds() {
        String wide = IntStream.range(0, 100_000).mapToObj(i -> "c" + i).collect(Collectors.joining(","));

        refused(uploadUnnamed("text/csv", wide + "\n1\n"), 413, "dataset-too-large");
        refused(uploadUnnamed("text/csv", "a,b\n1," + "x".repeat(3_000_000) + "\n"), 413, "dataset-too-large");
        refused(uploadUnnamed("text/csv", "a,b\n1,\"" + "x\n".repeat(3_000_000)), 413, "dataset-too-large");
        refused(uploadUnnamed("application/json", "[[" + "[".repeat(1_000_000)), 422, "dataset-shape");
        refused(
                uploadUnnamed("application/json", "[{\"a\":\"" + "x".repeat(3_000_000) + "\"}]"),
                400,
                "limit-exceeded");
        refused(uploadUnnamed("application/json", "[{\"" + "x".repeat(10_000) + "\":1}]"), 400, "limit-exceeded");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1d", "1f", "0x1p3", "1_000", "\uff11\uff12", "\"1,5\"", "=cmd|'/c calc'!A0"})
    void keepsTextThatOnlyLooksLikeANumber(String value) {
        accepted(uploadUnnamed("text/csv", "a,b\n1," + value + "\n2,3\n"))
                .body("columns.type", contains("integer", "category"));
    }

    @Test
    void keepsMissingValuesAndTinyNumbers() {
        accepted(uploadUnnamed("text/csv", "a;b\r1e-400;\r2;x\n")).body("columns.missing", contains(0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../x.jsp", "CON", "x/../../etc/passwd.csv", "<script>.csv", "a\u202eb.csv"})
    void takesAFileNameForALabelOnly(String fileName) throws IOException {
        String id =
                accepted(form(file("file", fileName, "a,b\n1,2\n"))).extract().path("id");

        assertThat(files()).contains(folder.root().resolve("datasets/" + id + ".parquet"));
        assertThat(files()).hasSize(before.size() + 1);
    }

    @Test
    void refusesFormsWithoutExactlyOneFile() {
        RequestSpecification many = api();
        IntStream.range(0, 60).forEach(i -> many.multiPart("f" + i, "f" + i + ".csv", "a\n1\n".getBytes()));

        refused(many.post("/datasets"), 413, "payload-too-large");
        refused(api().multiPart("note", "a,b").post("/datasets"), 422, "invalid-multipart");
    }

    @ParameterizedTest
    @CsvSource({
        "multipart/form-data, 400, malformed-multipart",
        "multipart/form-data; boundary=other, 400, malformed-multipart",
        "multipart/form-data; boundary=never, 422, invalid-multipart",
        "multipart/form-data; boundary=, 415, unsupported-media-type",
    })
    void refusesFormsThatCannotBeRead(String type, int status, String slug) {
        String answer = raw(
                type, "--other\r\nContent-Disposition: form-data; name=f; filename=f.csv\r\n\r\na,b\r\n1,2\r\n", 200);

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .contains("urn:problem:" + slug)
                .doesNotContainPattern(INSIDES);
    }

    @Test
    void makesOneDatasetOfManyUploadsAtOnce() throws Exception {
        accepted = true;
        ExecutorService clients = Executors.newFixedThreadPool(8);
        try {
            List<Integer> statuses = new ArrayList<>();
            List<Callable<Integer>> uploads = Collections.nCopies(
                    8,
                    () -> api().contentType("text/csv")
                            .body("a,b\n1,2\n")
                            .post("/datasets?name=at-once")
                            .statusCode());
            for (Future<Integer> status : clients.invokeAll(uploads)) {
                statuses.add(status.get());
            }

            assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
            assertThat(files()).hasSize(before.size() + 1);
        } finally {
            clients.shutdown();
        }
    }

    @Test
    void forgetsABodyThatIsCutShort() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            OutputStream out = socket.getOutputStream();
            out.write(head("text/csv", "dropped", 1_000_000));
            out.write("a,b\n1,2\n".repeat(10_000).getBytes(StandardCharsets.UTF_8));
            out.flush();
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer)
                    .doesNotContain("HTTP/1.1 2")
                    .doesNotContain("HTTP/1.1 5")
                    .doesNotContainPattern(INSIDES);
        }
        api().get("/datasets/dropped").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%3Cscript%3E",
                "%E2%80%AEx",
                "%F0%9F%98%80",
                ".x",
                "..",
                "a/b",
                "a%00b",
                "a%0Ab",
                "ds_01ARZ3NDEKTSV4RRFFQ69G5FAV"
            })
    void refusesNames(String name) {
        refused(api().contentType("text/csv").body("a\n1\n").post("/datasets?name=" + name), 422, "invalid-name")
                .body("detail", containsString("The name must be 1 to 64 letters"));
    }

    @Test
    void refusesLongNames() {
        refused(
                api().contentType("text/csv").body("a\n1\n").post("/datasets?name=" + "x".repeat(65)),
                422,
                "invalid-name");
        accepted(api().contentType("text/csv").body("a\n1\n").post("/datasets?name=" + "x".repeat(64)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "1e3", "x", "99999999999"})
    void boundsTheRowsThatItShows(String limit) {
        accepted(api().contentType("text/csv").body("a\n1\n").post("/datasets?name=shown-rows"));

        refused(api().get("/datasets/shown-rows/rows?limit=" + limit), 422, "invalid-parameter")
                .body("errors.parameter", hasItem("limit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/datasets/nothing", "/datasets/nothing/rows", "/datasets/net_01ARZ3NDEKTSV4RRFFQ69G5FAV"})
    void knowsNoOtherDataset(String path) {
        refused(api().get(path), 404, "not-found");
    }

    @Test
    void escapesColumnNamesThatItTellsBack() {
        refused(uploadUnnamed("text/csv", "\u202ea\u0001,\u202ea\u0001\n1,2\n"), 422, "invalid-column-name")
                .body("errors[0].detail", equalTo("column 1 has control characters in its name \"\\u202ea\\u0001\""));
    }

    private Response uploadUnnamed(String type, String body) {
        return api().contentType(type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/datasets");
    }

    private Response form(RequestSpecification form) {
        return form.post("/datasets");
    }

    private RequestSpecification file(String field, String fileName, String content) {
        return api().multiPart(new MultiPartSpecBuilder(content.getBytes(StandardCharsets.UTF_8))
                .controlName(field)
                .fileName(fileName)
                .mimeType("text/csv")
                .build());
    }

    private ValidatableResponse accepted(Response response) {
        accepted = true;
        assertThat(response.statusCode()).isIn(200, 201);
        return response.then();
    }

    private static ValidatableResponse refused(Response response, int status, String slug) {
        assertThat(response.asString()).hasSizeLessThan(8_192).doesNotContainPattern(INSIDES);
        return response.then().statusCode(status).body("type", equalTo("urn:problem:" + slug));
    }

    private String raw(String type, String body, int length) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.getOutputStream().write(head(type, "raw", length));
            socket.getOutputStream()
                    .write((body + " ".repeat(length - body.length())).getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private byte[] head(String type, String name, int length) {
        return ("POST /api/v1/datasets?name=" + name + " HTTP/1.1\r\nHost: localhost:" + port() + "\r\nContent-Type: "
                        + type + "\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files =
                Stream.concat(Files.list(folder.root().resolve("datasets")), Files.list(folder.temporary()))) {
            return files.sorted().toList();
        }
    }
}
