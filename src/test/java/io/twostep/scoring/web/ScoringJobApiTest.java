package io.twostep.scoring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models of one text and one number, asked about small tables. */
@Tag("once")
class ScoringJobApiTest extends LiveService {

    /** Both colours and sizes from 0 to 39. */
    private static final String LEARNED = IntStream.range(0, 40)
            .mapToObj(i -> (i % 2 == 0 ? "red," : "blue,") + i + "," + (i % 2 == 0 ? "yes" : "no") + "," + i * 0.5)
            .collect(Collectors.joining("\n", "colour,size,good,price\n", "\n"));

    @Test
    void addsPredictionsToTheColumnsOfATable() {
        train("classes", "good", "");
        upload("to-classify", "id,colour,size\na,red,10\nb,blue,20\nc,,30\n").statusCode(201);

        ValidatableResponse job = score("'model':'classes','dataset':'to-classify','result':'classified'", 201);

        job.body("status", equalTo("succeeded"))
                .body("rows_done", equalTo(3))
                .body("rows", equalTo(3))
                .body("progress", equalTo(1.0f))
                .body("warnings.missing", equalTo(1))
                .body("warnings", not(hasKey("out_of_range")))
                .body("model_version", equalTo(1))
                .body("result", equalTo("classified"))
                .body("transitions.status", contains("queued", "running", "succeeded"));
        List<String> lines = lines("classified");
        assertThat(lines.get(0))
                .isEqualTo("\"id\",\"colour\",\"size\",\"prediction\",\"probability_no\",\"probability_yes\"");
        assertThat(lines.subList(1, 4)).allMatch(line -> line.matches("[abc],(red|blue|),[123]0,(yes|no),[^,]+,[^,]+"));
        String result = job.extract().path("result_dataset");
        api().get("/datasets/classified")
                .then()
                .statusCode(200)
                .body("id", equalTo(result))
                .body("rows", equalTo(3))
                .body("columns.type", contains("category", "category", "integer", "category", "number", "number"))
                .body("derived_from.model", equalTo("classes"))
                .body("derived_from.model_version", equalTo(1))
                .body("derived_from.dataset", equalTo(job.extract().path("dataset")))
                .body("derived_from.job", equalTo(job.extract().path("id")))
                .body("$", not(hasKey("inferred")));
    }

    @Test
    void makesADatasetLikeAnyOther() {
        train("numbers", "price", "");
        upload("to-value", LEARNED).statusCode(201);

        score("'model':'numbers','dataset':'to-value','result':'valued','columns':['colour'],'prefix':'my_'", 201)
                .body("columns", contains("colour"))
                .body("prefix", equalTo("my_"));

        assertThat(lines("valued").get(0)).isEqualTo("\"colour\",\"my_prediction\"");
        assertThat(lines("valued")).hasSize(41);
        api().get("/datasets/valued/profile").then().statusCode(200);
        train("again", "valued", "my_prediction", "");
        api().delete("/datasets/valued").then().statusCode(204);
    }

    @Test
    void keepsNothingButPredictionsWhereNoColumnIsWanted() {
        train("bare", "price", "");

        String dataset = score("'model':'bare','dataset':'bare','columns':[]", 201)
                .extract()
                .path("result_dataset");

        assertThat(lines(dataset).get(0)).isEqualTo("\"prediction\"");
    }

    @Test
    void countsWhatTrainingDidNotKnow() {
        train("strange", "price", "");
        upload("strangers", "colour,size\ngreen,20\ngreen,99\n,-1\n,\n").statusCode(201);

        score("'model':'strange','dataset':'strangers'", 201)
                .body("status", equalTo("succeeded"))
                .body("warnings.unseen_category", equalTo(2))
                .body("warnings.out_of_range", equalTo(2))
                .body("warnings.missing", equalTo(3));

        assertThat(service().get("/actuator/prometheus").asString())
                .contains("twostep_scoring_rows_total{model=\"strange\",version=\"1\"} 4.0")
                .contains("twostep_prediction_warnings_total{kind=\"unseen_category\",model=\"strange\"} 2.0")
                .contains("twostep_scoring_jobs_finished_total{outcome=\"succeeded\",stop_reason=\"completed\"}");
    }

    @Test
    void failsWhereTheModelRefusesAValueAndSaysWhere() {
        train("strict", "price", ",\"unseen\":\"reject\"");
        String rows = IntStream.range(0, 600)
                .mapToObj(i -> i == 299 ? "green,1" : "red,1")
                .collect(Collectors.joining("\n", "colour,size\n", "\n"));
        upload("refused", rows).statusCode(201);

        score("'model':'strict','dataset':'refused','result':'never'", 201)
                .body("status", equalTo("failed"))
                .body("error.code", equalTo("prediction-shape"))
                .body("error.detail", containsString("row 300, column \"colour\""))
                .body("error.detail", containsString("\"green\""));

        api().get("/datasets/never").then().statusCode(404);
        api().delete("/datasets/refused").then().statusCode(204);
    }

    @Test
    void readsNumbersOutOfTextAndRefusesWhatIsNone() {
        train("mixed", "price", "");
        upload("mixed-sizes", "colour,size\nred,1\nred,about 2\n").statusCode(201);

        score("'model':'mixed','dataset':'mixed-sizes'", 201)
                .body("status", equalTo("failed"))
                .body("error.detail", containsString("row 2, column \"size\": must be a finite number"));
    }

    @Test
    void saysWhatIsWrongWithARequest() {
        train("careful", "price", "");
        upload("no-size", "color,prediction\nred,1\n").statusCode(201);

        score("'model':'nobody','dataset':'nothing'", 422)
                .body("type", equalTo("urn:problem:reference-not-found"))
                .body("errors.pointer", contains("#/model", "#/dataset"));
        score("'model':'careful','version':7,'dataset':'no-size'", 422)
                .body("errors[0].pointer", equalTo("#/version"))
                .body("errors[0].detail", containsString("its latest one is 1"));
        score("'model':'careful','dataset':'no-size'", 422)
                .body("type", equalTo("urn:problem:incompatible-dataset"))
                .body("errors.pointer", contains("#/dataset", "#/dataset", "#/prefix"))
                .body("errors[0].detail", equalTo("the dataset has no column \"colour\" (did you mean \"color\"?)"));
        score("'model':'careful','dataset':'careful','columns':['siez','colour','colour']", 422)
                .body("errors[0].pointer", equalTo("#/columns/0"))
                .body("errors[0].detail", containsString("did you mean \"size\"?"))
                .body("errors[1].detail", equalTo("names the column \"colour\" again"));
        score("'model':'careful','dataset':'careful','version':0,'result':'no name'", 422)
                .body("errors.pointer", contains("#/version", "#/result"));
        score("'dataset':'careful'", 422).body("errors[0].pointer", equalTo("#/model"));
        score("'model':'careful','dataset':'careful','columns':['size','size']", 422)
                .body("type", equalTo("urn:problem:invalid-request"))
                .body("errors.pointer", contains("#/columns/1"));
        for (String prefix : List.of("a\\tb", " ", "p".repeat(65))) {
            score("'model':'careful','dataset':'careful','prefix':'" + prefix + "'", 422)
                    .body("type", equalTo("urn:problem:invalid-request"))
                    .body("errors.pointer", contains("#/prefix"))
                    .body("errors[0].detail", startsWith("must be at most 64 characters"));
        }
    }

    @Test
    void namesOnlySomeOfManyColumnsThatAreNotThere() {
        train("flooded", "price", "");
        String many = IntStream.range(0, 20_000)
                .mapToObj(i -> "'colour" + i + "'")
                .collect(Collectors.joining(",", "[", "]"));

        score("'model':'flooded','dataset':'flooded','columns':" + many, 422)
                .body("errors", hasSize(21))
                .body("errors[0].detail", equalTo("names 20000 columns; the dataset has only 4 of them"))
                .body("errors[1].pointer", equalTo("#/columns/0"));
    }

    /** A request with the text 01 would be answered with the category 01, so that 1 would be another answer. */
    @Test
    void refusesNumbersWhereTheModelTakesText() {
        train("coded", "price", "");
        upload("codes", "colour,size\n01,2\n").statusCode(201);
        api().contentType("application/json")
                .body("[{\"colour\":\"01\",\"size\":2}]")
                .post("/datasets?name=codes-as-text")
                .then()
                .statusCode(201);

        score("'model':'coded','dataset':'codes'", 422)
                .body("errors[0].pointer", equalTo("#/dataset"))
                .body("errors[0].detail", containsString("column \"colour\" holds numbers"));
        score("'model':'coded','dataset':'codes-as-text'", 201).body("status", equalTo("succeeded"));
    }

    @Test
    void keepsLabelsThatLookLikeNumbers() {
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> "{\"size\":" + i + ",\"code\":\"" + (i < 20 ? "01" : "1") + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        api().contentType("application/json")
                .body(rows)
                .post("/datasets?name=zeros")
                .then()
                .statusCode(201);
        train("zeros", "zeros", "code", ",\"batch_size\":1");

        score("'model':'zeros','dataset':'zeros','result':'with-zeros','columns':[]", 201);

        api().get("/datasets/with-zeros").then().body("columns[0].type", equalTo("category"));
        assertThat(lines("with-zeros").stream().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .contains("01")
                .isSubsetOf("01", "1");
    }

    @Test
    void refusesANameThatIsTaken() {
        train("namely", "price", "");

        score("'model':'namely','dataset':'namely','result':'namely'", 409)
                .body("type", equalTo("urn:problem:name-taken"));
    }

    @Test
    void acceptsOnlyOneOfSeveralRequestsForAName() {
        train("rivals", "price", "");

        for (int i = 0; i < 5; i++) {
            String request = "{\"model\":\"rivals\",\"dataset\":\"rivals\",\"result\":\"prize-" + i + "\"}";
            List<Integer> answers =
                    IntStream.range(0, 4)
                            .mapToObj(rival -> CompletableFuture.supplyAsync(() -> post(request)))
                            .toList()
                            .stream()
                            .map(CompletableFuture::join)
                            .toList();
            assertThat(answers).containsOnly(202, 409).containsOnlyOnce(202);
        }
    }

    private int post(String request) {
        return api().contentType("application/json")
                .body(request)
                .post("/scoring-jobs")
                .statusCode();
    }

    @Test
    void showsAndListsJobs() {
        train("shown", "price", "");
        String first = score("'model':'shown','dataset':'shown'", 201).extract().path("id");
        String second =
                score("'model':'shown','dataset':'shown'", 201).extract().path("id");

        api().get("/scoring-jobs/" + first).then().statusCode(200).body("id", equalTo(first));
        api().get("/scoring-jobs?limit=1")
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].id", equalTo(second));
        api().get("/scoring-jobs?limit=1&after=" + second).then().body("items[0].id", equalTo(first));
        api().get("/scoring-jobs/job_none")
                .then()
                .statusCode(404)
                .body("detail", equalTo("There is no scoring job \"job_none\"."));
        api().post("/scoring-jobs/" + first + "/cancel").then().statusCode(409);
    }

    @Test
    void answersAtOnceWhereNobodyWaits() {
        train("async", "price", "");

        api().contentType("application/json")
                .body("{\"model\":\"async\",\"dataset\":\"async\"}")
                .post("/scoring-jobs")
                .then()
                .statusCode(202)
                .header("Location", startsWith("/api/v1/scoring-jobs/job_"))
                .header("Retry-After", "2");
    }

    /** More rows than are read, and scored, at a time. */
    @Test
    void scoresLongTablesInTheirOrder() {
        train("long", "price", "");
        String rows = IntStream.range(0, 10_000)
                .mapToObj(i -> "red," + i)
                .collect(Collectors.joining("\n", "colour,size\n", "\n"));
        upload("long-table", rows).statusCode(201);

        score("'model':'long','dataset':'long-table','result':'long-scored','columns':['size']", 201)
                .body("rows_done", equalTo(10_000));

        assertThat(lines("long-scored").stream().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10_000).mapToObj(Integer::toString).toList());
    }

    private List<String> lines(String dataset) {
        return api().get("/datasets/" + dataset + "/content")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .toList();
    }

    /** @param fields of the request, with single quotes */
    private ValidatableResponse score(String fields, int status) {
        return submit("/scoring-jobs", "{" + fields.replace('\'', '"') + "}").statusCode(status);
    }

    private void train(String name, String target, String more) {
        upload(name, LEARNED).statusCode(201);
        String others = Stream.of("good", "price")
                .filter(column -> !column.equals(target))
                .collect(Collectors.joining("\",\"", "[\"", "\"]"));
        train(name, name, target, ",\"exclude\":" + others + more);
    }

    private void train(String model, String dataset, String target, String more) {
        submit(
                        "/training-jobs",
                        "{\"dataset\":\"" + dataset + "\",\"target\":\"" + target + "\",\"epochs\":2,\"model\":\""
                                + model + "\"" + more + "}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }
}
