package io.twostep.job.web;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Splits by conditions on rows and by other datasets, from the request to the model. */
class SplitApiTest extends LiveService {

    private static final String DATASET = "split-rows";

    @BeforeEach
    void upload() {
        upload(DATASET, "x,year,land,rich\n", 0, 100);
        upload("split-more", "rich,land,year,x\n", 100, 130);
        upload("split-narrow", "x,rich\n", 0, 40);
        upload("split-odd", "year,x,land,rich\n", 0, 40);
    }

    /** The columns are of the right kind only where the header is that of the first or the second dataset. */
    private void upload(String name, String header, int from, int to) {
        StringBuilder csv = new StringBuilder(header);
        String[] columns = header.strip().split(",");
        IntStream.range(from, to).forEach(row -> {
            String[] cells = new String[columns.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = switch (columns[i]) {
                    case "x" -> name.endsWith("odd") ? "t" + row % 3 : String.valueOf(row % 17);
                    case "year" -> String.valueOf(2000 + row % 25);
                    case "land" -> "land" + row % 5;
                    default -> row == 101 ? "" : String.valueOf(row % 17 > 8);
                };
            }
            csv.append(String.join(",", cells)).append('\n');
        });
        upload(name, csv.toString());
    }

    @Test
    void takesRowsThatMeetConditions() {
        String model = train("split-by-rule", """
                {"by":{"type":"rule","test":{"column":"year","at_least":2020},
                       "validation":{"column":"year","at_least":2015,"below":2020}}}""");

        api().get(model)
                .then()
                .statusCode(200)
                .body("provenance.rows.test", equalTo(20))
                .body("provenance.rows.validation", equalTo(20))
                .body("provenance.rows.training", equalTo(60))
                .body("provenance.recipe.split.by.test.at_least", equalTo(2020f))
                .body("schema.features.name", contains("x", "land"));
        api().get(train(
                        "split-by-value",
                        "{\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"land\",\"in\":[\"land1\"]}}}"))
                .then()
                .statusCode(200)
                .body("provenance.rows.test", equalTo(20))
                .body("provenance.recipe.split.by.test.in", contains("land1"))
                .body("schema.features.name", contains("x", "year"));
    }

    @Test
    void saysAtOnceWhichConditionsCannotBe() {
        refused("{\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"yaer\",\"at_least\":2020}}}")
                .body("errors[0].pointer", equalTo("#/split/by/test/column"))
                .body("errors[0].detail", containsString("did you mean \"year\"?"));
        refused("{\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"land\",\"below\":3}}}")
                .body("errors[0].pointer", equalTo("#/split/by/test/below"));
        refused("{\"by\":{\"type\":\"rule\",\"validation\":{\"column\":\"year\",\"equals\":\"2020\"}}}")
                .body("errors[0].pointer", equalTo("#/split/by/validation/equals"))
                .body("errors[0].detail", containsString("must be a number, as the column holds"));
        refused("{\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"rich\",\"equals\":true}}}")
                .body("errors[0].detail", equalTo("is the target"));
        refused("{\"test\":0.1,\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"year\",\"below\":2005}}}")
                .body("errors[0].pointer", equalTo("#/split/by"));
        refused("{\"by\":{\"type\":\"rule\"}}").body("errors[0].pointer", equalTo("#/split/by"));
        refused("{\"by\":{\"type\":\"rule\",\"test\":{\"column\":\"year\",\"equals\":[1]}}}")
                .body("errors[0].pointer", equalTo("#/split/by/test/equals"));
    }

    @Test
    void judgesRowsOfAnotherDataset() {
        String model = train("split-elsewhere", "{\"by\":\"stratified\",\"test_dataset\":\"split-more\"}");

        String other = api().get("/datasets/split-more").then().extract().path("id");
        String sha256 = api().get("/datasets/split-more").then().extract().path("sha256");
        api().get(model)
                .then()
                .statusCode(200)
                .body("provenance.rows.training", equalTo(80))
                .body("provenance.rows.validation", equalTo(20))
                .body("provenance.rows.test", equalTo(29))
                .body("provenance.rows.left_out", equalTo(1))
                .body("provenance.recipe.split.test_dataset", equalTo(other))
                .body("provenance.test_dataset.dataset_id", equalTo(other))
                .body("provenance.test_dataset.dataset_sha256", equalTo(sha256));
        api().get(train("split-watched", "{\"validation_dataset\":\"split-more\"}"))
                .then()
                .statusCode(200)
                .body("provenance.rows.training", equalTo(100))
                .body("provenance.rows.validation", equalTo(29));
    }

    @Test
    void saysAtOnceWhichDatasetsDoNotFit() {
        refused("{\"test_dataset\":\"split-narrow\"}")
                .body("errors.pointer", contains("#/split/test_dataset", "#/split/test_dataset"))
                .body("errors.detail", hasItem(containsString("no column \"year\"")))
                .body("errors.detail", hasItem(containsString("no column \"land\"")));
        refused("{\"test_dataset\":\"split-odd\"}")
                .body(
                        "errors.detail",
                        contains("column \"x\" holds text there but numbers in the dataset to learn from"));
        refused("{\"test_dataset\":\"split-rows\"}")
                .body("errors.detail", contains("has the same rows as the dataset to learn from"));
        refused("{\"test_dataset\":\"split-more\",\"validation_dataset\":\"split-more\"}")
                .body("errors.detail", contains("has the same rows as the dataset for validation"));
        refused("{\"test_dataset\":\"split-more\",\"test\":0.1}")
                .body("errors[0].pointer", equalTo("#/split/test_dataset"));
        refused("{\"test_dataset\":\"split-none\"}")
                .body("errors.detail", contains("there is no dataset \"split-none\""));
    }

    private ValidatableResponse refused(String split) {
        return ask("split-refused", split).statusCode(422);
    }

    private String train(String name, String split) {
        return ask(name, split)
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .<String>path("links.model")
                .substring("/api/v1".length());
    }

    private ValidatableResponse ask(String name, String split) {
        String body = "{\"dataset\":\"%s\",\"target\":\"rich\",\"epochs\":2,\"model\":\"%s\",\"split\":%s}";
        return submit("/training-jobs", body.formatted(DATASET, name, split));
    }
}
