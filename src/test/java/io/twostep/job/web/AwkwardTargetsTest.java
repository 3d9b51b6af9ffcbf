package io.twostep.job.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables that can be read but hardly be learned from: they train, or are refused with a reason. */
class AwkwardTargetsTest extends LiveService {

    private static final int ROWS = 60;

    @Test
    void refusesATargetOfOneClass() {
        train("one-class", ROWS, i -> i + ",z,a")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/target"))
                .body("errors[0].detail", containsString("the same value in all rows"));
    }

    @Test
    void refusesATargetWithoutValues() {
        train("target-without-values", ROWS, i -> i + ",z,")
                .statusCode(422)
                .body("errors[0].detail", containsString("fewer than 2 rows"));
    }

    @Test
    void learnsFromTheRowsThatHaveATarget() {
        train("some-targets", ROWS, i -> i + ",z," + (i % 3 == 0 ? "" : i % 2 == 0 ? "a" : "b"))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }

    @Test
    void learnsAClassWithOneMember() {
        train("one-member", ROWS, i -> i + ",z," + (i == 7 ? "rare" : i % 2 == 0 ? "a" : "b"))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        api().get("/models/one-member/schema").then().statusCode(200).body("prediction.classes", hasSize(3));
    }

    @Test
    void learnsFromFiveThousandCategories() {
        train("many-categories", 15_000, i -> i + ",k" + i % 5_000 + "," + (i % 2 == 0 ? "a" : "b"))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        api().get("/models/many-categories/schema")
                .then()
                .statusCode(200)
                .body("columns.find { it.name == 'c' }.categories", hasSize(1_000));
    }

    private ValidatableResponse train(String name, int rows, IntFunction<String> row) {
        String csv = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "x,c,y\n", "\n"));
        upload(name, csv).statusCode(201);
        return submit(
                "/training-jobs",
                "{\"dataset\":\"%1$s\",\"target\":\"y\",\"model\":\"%1$s\",\"epochs\":2}".formatted(name));
    }
}
