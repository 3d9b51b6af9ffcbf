package io.twostep.model.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.twostep.web.LiveService;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** What a model says of its instances, and whether it is true. */
@Tag("once")
class SchemaApiTest extends LiveService {

    private static final String MODEL = "/models/schemed";

    /** A column of numbers, one of numbers that are codes, one of booleans, one with missing values. */
    @BeforeEach
    void train() {
        if (api().get(MODEL).statusCode() == 200) {
            return;
        }
        String rows = IntStream.range(0, 40)
                .mapToObj(i -> "%s,%s,%s,%s,%s,%d"
                        .formatted(
                                i % 5 == 0 ? "" : String.valueOf(i - 7.5),
                                i % 2 == 0 ? "1.50" : "A/2",
                                i % 3 == 0,
                                i % 4 == 0 ? "NA" : "red",
                                i < 20 ? "no" : "yes",
                                2 * i))
                .collect(Collectors.joining("\n"));
        upload("schemed", "size,code,old,color,answer,twice\n" + rows).statusCode(201);
        train("\"target\":\"answer\",\"exclude\":[\"twice\"],\"unseen\":\"reject\",\"model\":\"schemed\"");
        train("\"target\":\"twice\",\"task\":\"regression\",\"exclude\":[\"answer\"],\"model\":\"schemed2\"");
    }

    @Test
    void tellsOfCategoriesThatShareAnInput() {
        train("\"target\":\"answer\",\"features\":[\"color\",\"code\"],\"unseen\":\"reject\",\"model\":\"pooled\","
                + "\"encoding\":{\"category\":{\"type\":\"one_hot\",\"min_count\":25},"
                + "\"columns\":{\"color\":{\"category\":\"target_mean\"}}}");
        api().get("/models/pooled/schema")
                .then()
                .statusCode(200)
                .body("columns[0].categories", contains("red"))
                .body("columns[0].unseen", equalTo("reject"))
                .body("columns[0].missing", equalTo("learned"))
                .body("columns[1].categories", contains("1.50", "A/2"))
                .body("columns[1].category_count", equalTo(2));
    }

    @Test
    void tellsOfHashedCategories() {
        train("\"target\":\"answer\",\"features\":[\"color\"],\"model\":\"hashed\","
                + "\"encoding\":{\"category\":{\"type\":\"hash\",\"buckets\":8}}");
        api().get("/models/hashed/schema")
                .then()
                .statusCode(200)
                .body("columns[0].unseen", equalTo("other"))
                .body("columns[0].missing", equalTo("learned"));
    }

    @Test
    void tellsWhatToSendAndWhatComesBack() {
        api().get(MODEL + "/versions/1/schema")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("model", equalTo("schemed"))
                .body("version", equalTo(1))
                .body("columns.name", contains("size", "code", "old", "color"))
                .body("columns.type", contains("number", "category", "category", "category"))
                .body("columns.missing", contains("filled", "unknown", "unknown", "learned"))
                .body("columns[0].min", equalTo(-6.5f))
                .body("columns[0].max", equalTo(31.5f))
                .body("columns[0]", not(hasKey("categories")))
                .body("columns[1].categories", contains("1.50", "A/2"))
                .body("columns[1].category_count", equalTo(2))
                .body("columns[1].unseen", equalTo("reject"))
                .body("prediction.column", equalTo("answer"))
                .body("prediction.type", equalTo("class"))
                .body("prediction.classes", contains("no", "yes"));
    }

    @Test
    void tellsTheSameOfTheLatestVersion() {
        assertThat(api().get(MODEL + "/schema").asString())
                .isEqualTo(api().get(MODEL + "/versions/1/schema").asString());
        api().get("/models/schemed2/schema")
                .then()
                .body("columns.unseen", contains(null, "other", "other", "other"))
                .body("prediction.type", equalTo("number"));
        api().get("/models/absent/schema").then().statusCode(404);
        api().get(MODEL + "/versions/9/schema").then().statusCode(404);
        api().accept("application/xml").get(MODEL + "/schema").then().statusCode(406);
    }

    /** The service is the judge: what it takes must be valid. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'size':1,'code':'A/2','old':true,'color':'red'}",
                "{'size':-1.5e30,'code':null}",
                "{'size':'-.5e1','code':'1.50','old':'false','color':'?'}",
                "{'size':' 7. ','code':1.50,'old':false,'color':''}",
                "{'size':'N/A','code':'NA'}",
                "{'size':''}",
            })
    void allowsWhatTheServiceTakes(String instance) {
        assertThat(isValid(MODEL, instance)).isTrue();
        assertThat(status(MODEL, instance)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "7",
                "{'sise':1}",
                "{'size':'one'}",
                "{'size':'1,5'}",
                "{'size':'1 2'}",
                "{'size':true}",
                "{'size':[1]}",
                "{'size':{}}",
                "{'code':'B'}",
                "{'code':2}",
                "{'code':true}",
                "{'code':['A/2']}",
                "{'old':'yes'}",
                "{'old':1}",
                "{'color':'blue'}",
                "{'answer':'no'}",
            })
    void forbidsWhatTheServiceRefuses(String instance) {
        assertThat(isValid(MODEL, instance)).isFalse();
        assertThat(status(MODEL, instance)).isEqualTo(422);
    }

    @Test
    void allowsAnyCategoryWhereTheServiceTakesAny() {
        for (String instance : new String[] {"{'code':'B'}", "{'code':2.5}", "{'old':'maybe'}", "{'color':true}"}) {
            assertThat(isValid("/models/schemed2", instance)).as(instance).isTrue();
            assertThat(status("/models/schemed2", instance)).as(instance).isEqualTo(200);
        }
        assertThat(isValid("/models/schemed2", "{'code':[1]}")).isFalse();
    }

    private boolean isValid(String model, String instance) {
        String text = api().accept("application/schema+json")
                .get(model + "/schema")
                .then()
                .statusCode(200)
                .contentType("application/schema+json")
                .extract()
                .asString();
        Schema schema = SchemaRegistry.withDialect(Dialects.getDraft202012())
                .getSchema(JsonMapper.shared().readTree(text));
        return schema.validate(JsonMapper.shared().readTree(json(instance))).isEmpty();
    }

    private int status(String model, String instance) {
        return api().contentType("application/json")
                .body("{\"instances\":[" + json(instance) + "]}")
                .post(model + "/predictions")
                .statusCode();
    }

    private static String json(String instance) {
        return instance.replace('\'', '"');
    }

    private void train(String request) {
        if (api().get("/networks/schemed").statusCode() == 404) {
            api().contentType("application/json")
                    .body("{\"name\":\"schemed\",\"layers\":[]}")
                    .post("/networks")
                    .then()
                    .statusCode(201);
        }
        submit(
                        "/training-jobs",
                        "{\"dataset\":\"schemed\",\"network\":\"schemed\",\"epochs\":5,\"split\":{\"validation\":0,\"test\":0},"
                                + request + "}")
                .statusCode(201)
                .body("status", equalTo("succeeded"));
    }
}
