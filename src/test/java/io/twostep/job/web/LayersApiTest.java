package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Residual blocks and batch normalisation from the request to the prediction. */
class LayersApiTest extends LiveService {

    private static final String NETWORK = """
            "network":{"layers":[{"type":"dense","units":12,"activation":"identity"},
             {"type":"batch_normalization","activation":"relu"},
             {"type":"residual","activation":"relu","layers":["dropout",{"type":"dense","units":12,"activation":"identity"},
              {"type":"batch_normalization","momentum":0.2}]}]}""";

    @BeforeEach
    void upload() {
        String csv = IntStream.range(0, 400)
                .mapToObj(i -> i % 29 + "," + i * 7 % 31 + "," + (i * 7 % 31 > i % 29 ? "up" : "down"))
                .collect(Collectors.joining("\n", "a,b,kind\n", "\n"));
        upload("layered", csv);
    }

    /** The model has the running statistics of its best epoch: it is judged as that was. */
    @Test
    void areTrainedJudgedAskedAndMadeAgain() {
        JsonPath job = train("layers-all", "\"epochs\":60,\"stop\":{\"metric\":\"accuracy\",\"patience\":8}")
                .body("status", equalTo("succeeded"))
                .extract()
                .jsonPath();

        double judged =
                api().get("/models/layers-all/versions/1/evaluation").jsonPath().getDouble("validation.accuracy");
        assertThat(judged).isGreaterThan(0.9);
        assertThat(judged).isCloseTo(job.getDouble("stop_detail.best_validation_accuracy"), within(1e-4));
        api().get("/models/layers-all/versions/1")
                .then()
                .body(
                        "network.layers.operation*.toString()",
                        contains(
                                "dense",
                                "[type:batch_normalization, epsilon:1.0E-5, momentum:0.1]",
                                "identity",
                                "dense",
                                "[type:batch_normalization, epsilon:1.0E-5, momentum:0.2]",
                                "[type:residual, from:2]",
                                "dense"));

        String together = predictions("{\"instances\":[[3,30],[28,1],[14,15]]}");
        assertThat(together).contains("up", "down");
        assertThat(together)
                .isEqualTo(String.join(
                        ", ",
                        predictions("{\"instances\":[[3,30]]}"),
                        predictions("{\"instances\":[[28,1]]}"),
                        predictions("{\"instances\":[[14,15]]}")));

        trials();
        api().header("Prefer", "wait=20")
                .post("/models/layers-all/versions/1/reproduce")
                .then()
                .body("status", equalTo("succeeded"))
                .body("identical", equalTo(true));
    }

    /** What is tried before a training begins moves no statistics. */
    private void trials() {
        String body = "{\"dataset\":\"layered\",\"target\":\"kind\"," + NETWORK + "}";
        api().contentType("application/json")
                .body(body)
                .post("/training-jobs:validate")
                .then()
                .statusCode(200);
        api().contentType("application/json")
                .body(body)
                .post("/training-jobs:find-learning-rate")
                .then()
                .statusCode(200);
    }

    @Test
    void areBegunWithOnlyWhereTheyAreTheSame() {
        train("layers-warm", "\"epochs\":3").body("status", equalTo("succeeded"));

        train("layers-warm", "\"epochs\":3,\"warm_start\":{\"model\":\"layers-warm\"}")
                .body("status", equalTo("succeeded"));
        api().contentType("application/json")
                .body("""
                        {"dataset":"layered","target":"kind","warm_start":{"model":"layers-warm"},
                         "network":{"layers":[{"type":"dense","units":12},"batch_normalization",
                          {"type":"residual","layers":[{"type":"dense","units":12},"layer_normalization"]}]}}""")
                .post("/training-jobs")
                .then()
                .statusCode(422)
                .body("errors.pointer", contains("#/network"))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "must have the hidden layers [12, batch_normalization, residual[12, batch_normalization]], "
                                        + "as for the model of the warm start"));
    }

    /** What noise inserts has no weights. */
    @Test
    void beginsWithTheWeightsOfABlockThatHadNoNoise() {
        String request = """
                {"dataset":"layered","target":"kind","epochs":2,"model":"layers-quiet",%s
                 "network":{"layers":[{"type":"dense","units":12},
                 {"type":"residual","layers":[%s{"type":"dense","units":12}]}]}}""";
        for (String[] more : new String[][] {
            {"", ""},
            {"\"warm_start\":{\"model\":\"layers-quiet\"},", "{\"type\":\"dropout\",\"rate\":0.1},"},
            {"\"warm_start\":{\"model\":\"layers-quiet\"},", ""}
        }) {
            submit("/training-jobs", request.formatted((Object[]) more))
                    .statusCode(201)
                    .body("status", equalTo("succeeded"));
        }
    }

    /** What is stored lies in other documents, which would be too deep to be read. */
    @Test
    void boundsHowDeepBlocksLieWithinEachOther() {
        String deep =
                "{\"type\":\"residual\",\"layers\":[".repeat(9) + "{\"type\":\"dense\",\"units\":4}" + "]}".repeat(9);

        api().contentType("application/json")
                .body("{\"name\":\"layers-deep\",\"layers\":[{\"type\":\"dense\",\"units\":4}," + deep + "]}")
                .post("/networks")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("more than 8 deep"));
    }

    @Test
    void failsWhereABlockDoesNotFitTheInputsThatTheRowsMake() {
        upload("layered-colors", "color,size\n" + "red,1\nblue,2\n".repeat(20)).statusCode(201);
        submit("/training-jobs", """
                        {"dataset":"layered-colors","target":"size","task":"regression",
                         "network":{"layers":[{"type":"residual","layers":[{"type":"dense","units":1}]}]}}""")
                .statusCode(201)
                .body("status", equalTo("failed"))
                .body("error.code", equalTo("invalid-request"))
                .body(
                        "error.detail",
                        equalTo(
                                "/network/layers/0 takes the network's 2 inputs, but gives 1 units, and both are added: end it "
                                        + "with a dense layer of 2 units, or put a dense layer of 1 units before it"));
    }

    private ValidatableResponse train(String model, String more) {
        return submit(
                        "/training-jobs",
                        "{\"dataset\":\"layered\",\"target\":\"kind\",\"batch_size\":16,\"model\":\"%s\",%s,%s}"
                                .formatted(model, NETWORK, more))
                .statusCode(201);
    }

    private String predictions(String body) {
        String answer = api().contentType("application/json")
                .body(body)
                .post("/models/layers-all/predictions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("predictions")
                .toString();
        return answer.substring(1, answer.length() - 1);
    }
}
