package io.twostep.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import io.twostep.web.LiveService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks trained models about rows of their tables, as they are written there, in every form that a request may have: the
 * answers are the same bit for bit. The models learn from the first rows of large tables only: nothing is asked of how
 * good they are.
 */
@Tag("tables")
class SameAnswersTest extends LiveService {

    private static final int ROWS = 200;

    /** A request each. */
    private static final int ROWS_BY_GET = 50;

    private static final int MOST_TRAINING_ROWS = 2_000;

    /** More columns than fit into the line of a GET request. */
    private static final int MOST_COLUMNS = 100;

    private static final String JSON_NUMBER = "-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?";
    private static final JsonMapper JSON = JsonMapper.shared();

    /** A row of the table: the values of the model's columns, and all of its line. */
    private record Row(Map<String, String> values, String line) {}

    /** An answer: its label, if there is one, and the bits of its numbers. */
    private record Answer(@Nullable String label, List<Long> bits) {}

    static Stream<ReferenceSet> sets() {
        return ReferenceSet.all().stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void answersEveryFormOfARowAlike(ReferenceSet set) {
        String model = train(set);
        List<String> columns = api().get(model + "/schema").jsonPath().getList("columns.name");
        List<Row> rows = rows(set, columns);

        List<Answer> objects = post(model, rows, row -> object(row, columns));
        assertThat(objects).hasSize(ROWS);
        assertThat(post(model, rows, row -> array(row, columns))).isEqualTo(objects);
        assertThat(postTable(model, set, rows)).isEqualTo(objects);
        assertThat(answersInATable(model, set, rows)).isEqualTo(objects);
        assertThat(scored(set, rows)).isEqualTo(objects);
        if (set.encodedWidth() < MOST_COLUMNS) {
            List<Row> some = rows.subList(0, ROWS_BY_GET);
            assertThat(some.stream().map(row -> get(model, row)).toList()).isEqualTo(objects.subList(0, ROWS_BY_GET));
        }
    }

    private interface Form {
        String of(Row row);
    }

    private List<Answer> post(String model, List<Row> rows, Form form) {
        return answers(api().contentType("application/json")
                .body(rows.stream().map(form::of).collect(Collectors.joining(",", "{\"instances\":[", "]}")))
                .post(model + "/predictions"));
    }

    private List<Answer> postTable(String model, ReferenceSet set, List<Row> rows) {
        return answers(table(set, rows).post(model + "/predictions?unknown=ignore"));
    }

    private List<Answer> answersInATable(String model, ReferenceSet set, List<Row> rows) {
        String csv = table(set, rows)
                .accept("text/csv")
                .post(model + "/predictions?unknown=ignore")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return answers(set, csv);
    }

    /** The rows as a dataset, with the header and all columns of the set. */
    private List<Answer> scored(ReferenceSet set, List<Row> rows) {
        String name = "same-rows-" + set.name();
        table(set, rows).queryParam("name", name).post("/datasets").then().statusCode(201);
        String result = submit(
                        "/scoring-jobs", Map.of("model", "same-" + set.name(), "dataset", name, "columns", List.of()))
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .path("result_dataset");
        return answers(
                set,
                api().get("/datasets/" + result + "/content")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
    }

    /** Answers in a table. */
    private static List<Answer> answers(ReferenceSet set, String csv) {
        return csv.lines()
                .skip(1)
                .map(CsvLine::split)
                .map(fields -> set.isClassification()
                        ? new Answer(fields.get(0), bits(fields.subList(1, fields.size())))
                        : new Answer(null, bits(fields)))
                .toList();
    }

    private RequestSpecification table(ReferenceSet set, List<Row> rows) {
        String header = set.testLines().get(0) + "\n";
        return api().contentType("text/csv;charset=UTF-8")
                .body(rows.stream().map(row -> row.line() + "\n").collect(Collectors.joining("", header, "")));
    }

    private Answer get(String model, Row row) {
        List<Answer> answers = answers(service()
                .basePath("/api/v1")
                .urlEncodingEnabled(true)
                .queryParams(new TreeMap<>(row.values()))
                .get(model + "/predictions"));
        return answers.get(0);
    }

    /** Numbers as numbers. */
    private static String object(Row row, List<String> columns) {
        return columns.stream()
                .map(column -> JSON.writeValueAsString(column) + ":"
                        + value(row.values().get(column)))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String value(String text) {
        return text.matches(JSON_NUMBER) ? text : JSON.writeValueAsString(text);
    }

    /** Everything as it is written. */
    private static String array(Row row, List<String> columns) {
        return JSON.writeValueAsString(
                columns.stream().map(column -> row.values().get(column)).toList());
    }

    private static List<Answer> answers(io.restassured.response.Response response) {
        JsonNode answer =
                JSON.readTree(response.then().statusCode(200).extract().asString());
        List<Answer> answers = new ArrayList<>();
        for (JsonNode prediction : answer.get("predictions")) {
            answers.add(
                    prediction.has("value")
                            ? new Answer(null, List.of(bits(prediction.get("value"))))
                            : new Answer(
                                    prediction.get("label").stringValue(),
                                    prediction
                                            .get("probabilities")
                                            .valueStream()
                                            .map(SameAnswersTest::bits)
                                            .toList()));
        }
        return answers;
    }

    private static long bits(JsonNode number) {
        return Double.doubleToRawLongBits(number.doubleValue());
    }

    private static List<Long> bits(List<String> numbers) {
        return numbers.stream()
                .map(number -> Double.doubleToRawLongBits(Double.parseDouble(number)))
                .toList();
    }

    /** Drawn from all rows, those that the model has not seen among them. */
    private static List<Row> rows(ReferenceSet set, List<String> columns) {
        List<String> header = CsvLine.split(set.testLines().get(0));
        List<String> lines = Stream.concat(
                        set.trainingCsv().lines().skip(1),
                        set.testLines().stream().skip(1))
                .toList();
        return new Random(4)
                .ints(ROWS, 0, lines.size())
                .mapToObj(lines::get)
                .map(line -> row(line, header, columns))
                .toList();
    }

    private static Row row(String line, List<String> header, List<String> columns) {
        List<String> fields = CsvLine.split(line);
        return new Row(
                IntStream.range(0, header.size())
                        .boxed()
                        .filter(i -> columns.contains(header.get(i)))
                        .collect(Collectors.toMap(header::get, fields::get)),
                line);
    }

    /** Trains as little as makes answers differ from row to row; the model's address. */
    private String train(ReferenceSet set) {
        String name = "same-" + set.name();
        String dataset = api().contentType("text/csv")
                .queryParam("name", name)
                .body(set.trainingCsv().lines().limit(1 + MOST_TRAINING_ROWS).collect(Collectors.joining("\n")))
                .post("/datasets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        if (api().get("/networks/same").statusCode() == 404) {
            api().contentType("application/json")
                    .body("{\"name\":\"same\",\"layers\":[{\"type\":\"dense\",\"units\":13,\"activation\":\"relu\"}]}")
                    .post("/networks")
                    .then()
                    .statusCode(201);
        }
        submit(
                        "/training-jobs",
                        Map.of(
                                "dataset",
                                dataset,
                                "network",
                                "same",
                                "target",
                                set.target(),
                                "exclude",
                                set.exclude(),
                                "epochs",
                                3,
                                "model",
                                name))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        return "/models/" + name;
    }
}
