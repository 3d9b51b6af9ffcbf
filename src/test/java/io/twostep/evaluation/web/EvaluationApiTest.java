package io.twostep.evaluation.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Models of one text and one number, judged on small tables. */
class EvaluationApiTest extends LiveService {

    private static final String HEADER = "colour,size,good,price\n";

    @Test
    void findsTheFiguresThatTrainingFoundOnTheSameRows() {
        for (String target : new String[] {"good", "price"}) {
            String name = "known-" + target;
            upload(name, HEADER + rows(0, 60)).statusCode(201);
            upload(name + "-test", HEADER + rows(60, 90)).statusCode(201);
            train(name, target, ",\"split\":{\"test_dataset\":\"" + name + "-test\"}");
            Map<String, Object> expected =
                    api().get("/models/" + name + "/versions/1/evaluation").path("test");

            JsonPath answer = evaluate(name, name + "-test", 200)
                    .body("model", equalTo(name))
                    .body("model_version", equalTo(1))
                    .body("rows", equalTo(30))
                    .body("without_target", equalTo(0))
                    .body("unknown_class", equalTo(0))
                    .extract()
                    .jsonPath();

            Map<String, Object> found = answer.getMap("evaluation");
            assertThat(expected.remove("perceptron")).as("was not kept").isNotNull();
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            expected.forEach((figure, value) -> {
                if (value instanceof Number number) {
                    assertThat(((Number) found.get(figure)).doubleValue())
                            .as(figure)
                            .isCloseTo(
                                    number.doubleValue(), offset(1e-4 * Math.max(1, Math.abs(number.doubleValue()))));
                }
            });
            assertThat(found.get("baseline")).isEqualTo(expected.get("baseline"));
        }
    }

    @Test
    void leavesRowsOutThatItCannotJudgeAndCountsThem() {
        upload("judged", HEADER + rows(0, 40)).statusCode(201);
        train("judged", "good", "");
        upload(
                        "judged-more",
                        HEADER + "red,20,yes,1\nblue,2,maybe,1\nred,3,,1\n,5,maybe,2\ngreen,99,no,1\nred,4,perhaps,\n")
                .statusCode(201);

        evaluate("judged", "judged-more", 200)
                .body("rows", equalTo(6))
                .body("without_target", equalTo(1))
                .body("unknown_class", equalTo(3))
                .body("unknown_classes.label", contains("maybe", "perhaps"))
                .body("unknown_classes.count", contains(2, 1))
                .body("warnings.unseen_category", equalTo(1))
                .body("warnings.out_of_range", equalTo(1))
                .body("warnings", not(hasKey("missing")))
                .body("evaluation.rows", equalTo(2))
                .body("evaluation.detail.classes.support", contains(1, 1))
                .body("evaluation.detail.curves", hasSize(1))
                .body("evaluation.baseline", notNullValue());
    }

    @Test
    void saysWhatDoesNotFit() {
        upload("fitting", HEADER + rows(0, 40)).statusCode(201);
        train("fitting", "price", "");
        train("fitting-classes", "good", "");
        upload("no-columns", "color,price\nred,1\n").statusCode(201);
        upload("text-price", HEADER + rows(0, 40).replace(",0.5\n", ",cheap\n")).statusCode(201);
        upload("text-size", "colour,size,price,good\nred,1,1,yes\nblue,about 2,2,no\n")
                .statusCode(201);
        upload("no-target", "colour,size,price,good\nred,1,,\nblue,2,,\n").statusCode(201);
        upload("other-target", "colour,size,good\nred,1,ja\nblue,2,yess\n").statusCode(201);

        evaluate("fitting", "nothing", 422)
                .body("type", equalTo("urn:problem:reference-not-found"))
                .body("errors.pointer", contains("#/dataset"))
                .body("errors[0].detail", equalTo("there is no dataset \"nothing\""));
        evaluate("fitting", "no-columns", 422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body(
                        "errors.detail",
                        contains(
                                "the dataset has no column \"colour\" (did you mean \"color\"?)",
                                "the dataset has no column \"size\""));
        evaluate("fitting-classes", "no-columns", 422)
                .body("errors[2].detail", equalTo("the dataset has no column \"good\""));
        evaluate("fitting", "text-price", 422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "the column \"price\" holds text where the model predicts numbers, as \"cheap\" in row 2"));
        evaluate("fitting", "text-size", 422)
                .body("type", equalTo("urn:problem:prediction-shape"))
                .body("errors[0].detail", containsString("row 2, column \"size\": must be a finite number"));
        evaluate("fitting-classes", "no-target", 422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors[0].detail", containsString("has no row with a value in the column \"good\""));
        evaluate("fitting-classes", "other-target", 422).body("errors[0].detail", containsString("one has \"ja\""));
        evaluate("nobody", "fitting", 404);
    }

    private ValidatableResponse evaluate(String model, String dataset, int status) {
        return api().contentType("application/json")
                .body("{\"dataset\":\"" + dataset + "\"}")
                .post("/models/" + model + "/versions/1/evaluations")
                .then()
                .statusCode(status);
    }

    private static String rows(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> (i % 3 == 0 ? "red," : "blue,") + i % 40 + "," + (i % 40 > 17 ? "yes" : "no") + ","
                        + i % 40 * 0.5)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private void train(String model, String target, String more) {
        String dataset = model.replace("-classes", "");
        submit(
                        "/training-jobs",
                        "{\"dataset\":\"%s\",\"target\":\"%s\",\"features\":[\"colour\",\"size\"],\"epochs\":10,\"model\":\"%s\"%s}"
                                .formatted(dataset, target, model, more))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }
}
