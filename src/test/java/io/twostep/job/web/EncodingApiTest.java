package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.twostep.web.LiveService;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Encodings from the request of a job to the schema of its model and its answers. */
class EncodingApiTest extends LiveService {

    private static final String DATASET = "encoded-towns";

    @BeforeEach
    void upload() {
        StringBuilder csv = new StringBuilder("town,income,age,rich\n");
        for (int row = 0; row < 200; row++) {
            String town = row % 50 == 0 ? "hamlet" + row : "town" + row % 4;
            csv.append(town)
                    .append(',')
                    .append(row % 7 == 0 ? "" : String.valueOf(row * row))
                    .append(',')
                    .append(row % 90)
                    .append(',')
                    .append(row % 4 > 1)
                    .append('\n');
        }
        upload(DATASET, csv.toString());
    }

    @Test
    void showsInTheModelWhatWasLearnedOfEachColumn() {
        String model = train("encoded-shown", """
                {"category":{"type":"one_hot","max_categories":4},
                 "columns":{"income":{"numeric":"log","missing":"indicator"},"age":{"numeric":"min_max"}}}""");

        api().get(model)
                .then()
                .statusCode(200)
                .body("schema.features.type", contains("categorical", "scaled", "scaled"))
                .body("schema.features[0].categories", contains("town0", "town1", "town2", "town3"))
                .body("schema.features[0].pool.members", contains("hamlet100", "hamlet150", "hamlet50"))
                .body("schema.features[1].scaling", equalTo("log"))
                .body("schema.features[1].indicator", equalTo(true))
                .body("schema.features[2].scaling", equalTo("min_max"))
                .body("provenance.recipe.encoding.columns.age.numeric", equalTo("min_max"));
    }

    @Test
    void appliesAtPredictionWhatWasLearned() {
        String model = train("encoded-asked", """
                {"numeric":"robust","missing":{"type":"constant","value":-1},"category":{"type":"hash","buckets":16}}""");

        Map<String, Object> missing = predict(model, "{\"town\":\"nowhere\",\"age\":30}");
        assertThat(missing).isEqualTo(predict(model, "{\"town\":\"nowhere\",\"age\":30,\"income\":-1}"));
        assertThat(missing).isNotEqualTo(predict(model, "{\"town\":\"nowhere\",\"age\":30,\"income\":40000}"));
    }

    @Test
    void learnsFromMeansOfTheTarget() {
        String model = train("encoded-means", """
                {"columns":{"town":{"category":{"type":"target_mean","max_categories":4}}}}""");

        api().get(model)
                .then()
                .statusCode(200)
                .body("schema.features[0].type", equalTo("target_mean"))
                .body("schema.features[0].of", contains("rich=true"))
                .body("schema.features[0].pool.categories", greaterThanOrEqualTo(1));
        assertThat(predict(model, "{\"town\":\"hamlet\"}")).isEqualTo(predict(model, "{\"town\":\"unseen\"}"));
    }

    @Test
    void tellsInTheJobWhatBecameOfTheColumns() {
        String body = """
                {"dataset":"%s","target":"rich","epochs":2,"model":"encoded-told","sample_weight":"age",
                 "encoding":{"category":{"type":"one_hot","max_categories":3}}}""".formatted(DATASET);
        String job = submit("/training-jobs", body)
                .statusCode(201)
                .body("columns.column", contains("town", "income"))
                .extract()
                .path("id");

        api().get("/training-jobs/" + job)
                .then()
                .statusCode(200)
                .body("columns.encoding", contains("categorical", "numeric"))
                .body("columns.inputs", contains(4, 1))
                .body("columns[0].categories", equalTo(3))
                .body("columns[0].pooled_categories", equalTo(4))
                .body("columns[0].pooled_rows", greaterThanOrEqualTo(4))
                .body("columns_not_shown", equalTo(0))
                .body("columns_left_out.column", contains("age"))
                .body("columns_left_out_not_shown", equalTo(0))
                .body("columns_left_out.reason", contains("sample_weight"));
    }

    @Test
    void dividesRowsByAColumn() {
        String group = "{\"validation\":0.25,\"test\":0.25,\"by\":{\"type\":\"group\",\"column\":\"town\"}}";
        String model = train("divided-by-town", "{}", group);

        api().get(model)
                .then()
                .statusCode(200)
                .body("schema.features.name", contains("income", "age"))
                .body("provenance.recipe.split.by.type", equalTo("group"));
        api().get(train("divided-by-class", "{}", "{\"by\":\"stratified\"}"))
                .then()
                .statusCode(200)
                .body("provenance.recipe.split.by", equalTo("stratified"))
                .body("provenance.rows.training", equalTo(160));
    }

    private String train(String name, String encoding) {
        return train(name, encoding, "{}");
    }

    /** The path of the model. */
    private String train(String name, String encoding, String split) {
        String body =
                "{\"dataset\":\"%s\",\"target\":\"rich\",\"epochs\":3,\"model\":\"%s\",\"encoding\":%s,\"split\":%s}";
        String model = submit("/training-jobs", body.formatted(DATASET, name, encoding, split))
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .path("links.model");
        return model.substring("/api/v1".length());
    }

    private Map<String, Object> predict(String model, String instance) {
        return api().contentType("application/json")
                .body("{\"instances\":[" + instance + "]}")
                .post(model + "/predictions")
                .then()
                .statusCode(200)
                .extract()
                .path("predictions[0]");
    }
}
