package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that do not all count alike, from the request to the model. */
class WeightsApiTest extends LiveService {

    private static final String DATASET = "weighted-rows";

    /** One in ten is rare, and {@code x} tells it apart badly. Row 7 has neither target nor weight. */
    @BeforeEach
    void upload() {
        StringBuilder csv = new StringBuilder("x,kind,weight,holes,note\n");
        for (int row = 0; row < 200; row++) {
            boolean rare = row % 10 == 0;
            csv.append((row * 37 % 100) / 100.0 + (rare ? 0.4 : 0))
                    .append(row == 7 ? "," : rare ? ",rare" : ",usual")
                    .append(row == 7 ? "," : "," + (1 + row % 3))
                    .append(row == 11 || row == 7 ? "," : ",1")
                    .append(",text\n");
        }
        upload(DATASET, csv.toString());
    }

    @Test
    void findsMoreOfARareClassThatCountsMore() {
        String plain = "{\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.05}}";
        String balanced = "{\"optimizer\":{\"type\":\"adam\",\"learning_rate\":0.05},\"class_weights\":\"balanced\"}";

        float without = balancedAccuracy(train("weights-none", plain));
        String model = train("weights-balanced", balanced);

        assertThat(balancedAccuracy(model)).isGreaterThan(without + 0.1f);
        api().get(model)
                .then()
                .body("provenance.recipe.class_weights", equalTo("balanced"))
                .body("schema.features.name", contains("x", "weight", "holes", "note"));
    }

    @Test
    void doesNotLearnFromTheWeight() {
        String model = train("weights-column", "{\"sample_weight\":\"weight\",\"class_weights\":{\"rare\":5}}");

        api().get(model)
                .then()
                .statusCode(200)
                .body("schema.features.name", contains("x", "holes", "note"))
                .body("provenance.recipe.sample_weight", equalTo("weight"))
                .body("provenance.recipe.class_weights.rare", equalTo(5f))
                .body("metrics.validation.balanced_accuracy", notNullValue());
    }

    @Test
    void saysAtOnceWhatCannotBeAWeight() {
        refused(422, "{\"sample_weight\":\"wieght\"}")
                .body("errors[0].pointer", equalTo("#/sample_weight"))
                .body("errors[0].detail", containsString("did you mean \"weight\"?"));
        refused(422, "{\"sample_weight\":\"note\"}").body("errors[0].detail", containsString("must hold numbers"));
        refused(422, "{\"sample_weight\":\"kind\"}").body("errors[0].detail", equalTo("is the target"));
        refused(422, "{\"sample_weight\":\"holes\"}")
                .body("errors[0].detail", containsString("must have a value in each row that has a target"));
        refused(422, "{\"sample_weight\":\"weight\",\"features\":[\"x\",\"weight\"]}")
                .body("errors[0].pointer", equalTo("#/features/1"))
                .body("errors[0].detail", equalTo("is the sample weight"));
    }

    @Test
    void saysAtOnceWhichOtherDatasetLacksWeights() {
        upload(
                "weighted-holes",
                "x,kind,weight,holes,note\n1,rare,,1,text\n2,usual,2,1,text\n3,rare,,1,text\n4,,1,1,text\n");
        String detail = "column \"weight\" must have a value in each row that has a target but has none in 2";

        refused(422, "{\"sample_weight\":\"weight\",\"split\":{\"validation_dataset\":\"weighted-holes\"}}")
                .body("errors.pointer", contains("#/split/validation_dataset"))
                .body("errors.detail", contains(detail));
        refused(422, "{\"sample_weight\":\"weight\",\"split\":{\"test_dataset\":\"weighted-holes\"}}")
                .body("errors.pointer", contains("#/split/test_dataset"))
                .body("errors.detail", contains(detail));
    }

    @Test
    void saysAtOnceWhatCannotBeWeightsOfClasses() {
        refused(422, "{\"class_weights\":{\"rare\":-1,\"usual\":\"much\"}}")
                .body("errors[0].pointer", equalTo("#/class_weights/usual"))
                .body("errors[0].detail", equalTo("must be a number but was \"much\""));
        refused(422, "{\"class_weights\":{\"rare\":-1}}")
                .body("errors[0].pointer", equalTo("#/class_weights/rare"))
                .body("errors[0].detail", containsString("must be >= 0"));
        refused(422, "{\"class_weights\":\"balancd\"}")
                .body("errors[0].detail", containsString("must be \"balanced\" or an object"));
        refused(422, "{\"class_weights\":{}}").body("errors[0].detail", equalTo("must name at least one class"));
        refused(422, "{\"class_weights\":[1,2]}").body("errors[0].pointer", equalTo("#/class_weights"));
        refused(422, "{\"target\":\"x\",\"class_weights\":\"balanced\"}")
                .body("errors[0].pointer", equalTo("#/class_weights"))
                .body("errors[0].detail", equalTo("asks for the classes of one target, but the target is a number"));
    }

    @Test
    void failsWithTheClassThatIsNotThere() {
        ask("weights-typo", "{\"class_weights\":{\"rara\":2}}")
                .statusCode(201)
                .body("status", equalTo("failed"))
                .body("error.detail", containsString("/class_weights/rara"))
                .body("error.detail", containsString("did you mean \"rare\"?"));
    }

    private float balancedAccuracy(String model) {
        return api().get(model).then().statusCode(200).extract().path("metrics.training.balanced_accuracy");
    }

    /** The path of the model. */
    private String train(String name, String more) {
        String model = ask(name, more)
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .path("links.model");
        return model.substring("/api/v1".length());
    }

    private ValidatableResponse refused(int status, String more) {
        return ask("weights-refused", more).statusCode(status);
    }

    private ValidatableResponse ask(String name, String more) {
        String target = more.contains("\"target\"") ? "" : "\"target\":\"kind\",";
        String body = "{\"dataset\":\"%s\",%s\"epochs\":20,\"model\":\"%s\",%s";
        return submit("/training-jobs", body.formatted(DATASET, target, name, more.substring(1)));
    }
}
