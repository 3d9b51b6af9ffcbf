package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trainings that begin with the weights of a model. */
class WarmStartApiTest extends LiveService {

    private static final String STANDING_STILL =
            "\"epochs\":1,\"optimizer\":{\"type\":\"sgd\",\"learning_rate\":1e-12}";

    @Test
    void beginsWhereTheModelHasEnded() {
        upload("warm", "a", "b");
        train("{\"dataset\":\"warm\",\"target\":\"kind\",\"epochs\":40}").statusCode(201);
        double ended = lossOf("warm", 1);

        train("{\"dataset\":\"warm\",\"target\":\"kind\",\"warm_start\":{\"model\":\"warm\"}," + STANDING_STILL + "}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("warm_start.model", equalTo("warm"))
                .body("warm_start.version", equalTo(1));
        train("{\"dataset\":\"warm\",\"target\":\"kind\"," + STANDING_STILL + "}")
                .statusCode(201)
                .body("warm_start", nullValue());
        train("{\"dataset\":\"warm\",\"target\":\"kind\",\"warm_start\":{\"model\":\"warm\",\"version\":1},"
                        + STANDING_STILL + "}")
                .statusCode(201)
                .body("warm_start.version", equalTo(1));

        assertThat(lossOf("warm", 2)).isEqualTo(ended);
        assertThat(lossOf("warm", 3)).isGreaterThan(ended);
        assertThat(lossOf("warm", 4)).isEqualTo(ended);
        String sha256 = api().get("/models/warm/versions/1").path("weights_sha256");
        api().get("/models/warm/versions/2")
                .then()
                .body("provenance.warm_start.model", equalTo("warm"))
                .body("provenance.warm_start.version", equalTo(1))
                .body("provenance.warm_start.weights_sha256", equalTo(sha256));
        api().get("/models/warm/versions/3").then().body("provenance.warm_start", nullValue());
    }

    @Test
    void refusesWhatTheWeightsDoNotFit() {
        upload("warm-other", "a", "b");
        train("{\"dataset\":\"warm-other\",\"target\":\"kind\",\"epochs\":1}").statusCode(201);

        post("{\"dataset\":\"warm-other\",\"target\":\"kind\",\"warm_start\":{\"model\":\"warm-other\"},"
                        + "\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":3}]},\"features\":[\"color\"],"
                        + "\"unseen\":\"reject\",\"encoding\":{\"numeric\":\"min_max\"}}")
                .statusCode(422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors.pointer", contains("#/features", "#/network", "#/encoding", "#/unseen"))
                .body(
                        "errors.detail",
                        contains(
                                "must be size, color, in that order, as for the model of the warm start",
                                "must have the hidden layers [128, 64], as for the model of the warm start",
                                "must be the same, as for the model of the warm start",
                                "must be other, as for the model of the warm start"));
        post("{\"dataset\":\"warm-other\",\"target\":\"size\",\"warm_start\":{\"model\":\"warm-other\"}}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/target"));
        post("{\"dataset\":\"warm-other\",\"target\":\"kind\",\"warm_start\":{\"model\":\"warm-none\"}}")
                .statusCode(422)
                .body("type", equalTo("urn:problem:reference-not-found"))
                .body("errors.pointer", contains("#/warm_start/model"));
    }

    @Test
    void takesTheNetworkOfTheModelWhereNoneIsNamed() {
        upload("warm-small", "a", "b");
        train("{\"dataset\":\"warm-small\",\"target\":\"kind\",\"epochs\":1,"
                        + "\"network\":{\"layers\":[{\"type\":\"dense\",\"units\":3}]}}")
                .statusCode(201);

        train("{\"dataset\":\"warm-small\",\"target\":\"kind\",\"epochs\":1,\"warm_start\":{\"model\":\"warm-small\"}}")
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .body("recipe.network.layers.units", contains(3));
    }

    /** What only the values can tell. */
    @Test
    void failsWhereTheInputsMeanSomethingElse() {
        upload("warm-old", "a", "b");
        upload("warm-new", "a", "c");
        train("{\"dataset\":\"warm-old\",\"target\":\"kind\",\"epochs\":1}").statusCode(201);

        train("{\"dataset\":\"warm-new\",\"target\":\"kind\",\"warm_start\":{\"model\":\"warm-old\"}}")
                .statusCode(201)
                .body("status", equalTo("failed"))
                .body("error.code", equalTo("incompatible-dataset"))
                .body("error.detail", containsString("/warm_start the model has the inputs size, color=a, color=b"))
                .body("model_version", nullValue());
        api().get("/models/warm-new").then().statusCode(404);
    }

    private ValidatableResponse train(String request) {
        return submit("/training-jobs", request);
    }

    private ValidatableResponse post(String request) {
        return api().contentType("application/json")
                .body(request)
                .post("/training-jobs")
                .then();
    }

    /** The loss of a version on its training rows. */
    private double lossOf(String model, int version) {
        Number loss = api().get("/models/" + model + "/versions/" + version).path("metrics.training.loss");
        return loss.doubleValue();
    }

    private void upload(String name, String one, String other) {
        String csv = IntStream.range(0, 60)
                .mapToObj(i -> i + "," + (i % 2 == 0 ? one : other) + "," + (i < 30 ? "low" : "high"))
                .collect(Collectors.joining("\n", "size,color,kind\n", "\n"));
        upload(name, csv).statusCode(201);
    }
}
