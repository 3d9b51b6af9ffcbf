package io.twostep.dataset.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.twostep.web.LiveService;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the profile of a dataset says. */
@Tag("once")
class ProfileApiTest extends LiveService {

    @Test
    void tellsHowNumbersAreSpread() {
        upload("spread", "x", 101, i -> String.valueOf(i - 50));
        api().get("/datasets/spread/profile")
                .then()
                .statusCode(200)
                .body("rows", equalTo(101))
                .body("columns.name", contains("x"))
                .body("columns[0].numbers.min", equalTo(-50f))
                .body("columns[0].numbers.mean", equalTo(0f))
                .body("columns[0].numbers.max", equalTo(50f))
                .body("columns[0].numbers.standard_deviation", near(Math.sqrt((101 * 101 - 1) / 12.0)))
                .body("columns[0].numbers.quantiles.p05", equalTo(-45f))
                .body("columns[0].numbers.quantiles.p50", equalTo(0f))
                .body("columns[0].numbers.quantiles.p95", equalTo(45f))
                .body("columns[0].numbers.histogram.edges", hasSize(21))
                .body("columns[0].numbers.histogram.counts.sum()", equalTo(101))
                .body("columns[0].numbers.histogram.counts[0]", equalTo(5))
                .body("columns[0].numbers.histogram.counts[19]", equalTo(6));
    }

    @Test
    void countsCategories() {
        upload("counted", "colour,x", 30, i -> (i % 3 == 0 ? "red" : i % 3 == 1 ? "blue" : "") + "," + i * 0.5);
        api().get("/datasets/counted/profile?column=colour")
                .then()
                .statusCode(200)
                .body("columns", hasSize(1))
                .body("omitted_columns", equalTo(1))
                .body("columns[0].missing", equalTo(10))
                .body("columns[0].top.value", contains("blue", "red"))
                .body("columns[0].top.count", contains(10, 10));
    }

    @Test
    void survivesNumbersAtTheEndOfTheScale() {
        upload("huge", "x", 4, i -> List.of("1e308", "-1e308", "1.5e308", "0").get(i));
        JsonPath profile = api().get("/datasets/huge/profile")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
        assertThat(profile.getDouble("columns[0].numbers.mean")).isEqualTo(3.75e307);
        assertThat(profile.getDouble("columns[0].numbers.standard_deviation")).isBetween(9e307, 1.2e308);
        assertThat(profile.getList("columns[0].numbers.histogram.counts", Integer.class))
                .hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({
        "constant, same",
        "identifier_like, id",
        "high_cardinality, city",
        "heavy_tails, income",
        "mostly_missing, rare",
        "suspiciously_perfect, leak",
        "suspiciously_perfect, leaked_number",
        "class_imbalance, class"
    })
    void warns(String kind, String column) {
        odd("odd-" + kind + "-" + column);
        api().get("/datasets/odd-" + kind + "-" + column + "/profile?target=class")
                .then()
                .statusCode(200)
                .body("warnings.findAll { it.kind == '" + kind + "' }.columns.flatten()", hasItem(column));
    }

    @Test
    void doesNotWarnOfOrdinaryColumns() {
        odd("ordinary");
        api().get("/datasets/ordinary/profile?target=class")
                .then()
                .body("warnings.columns.flatten()", not(hasItem("fine")))
                .body("duplicate_rows", equalTo(0))
                .body(
                        "warnings.findAll { it.kind == 'suspiciously_perfect' }.columns.flatten()",
                        contains("leak", "leaked_number"));
    }

    /** A value that is there for one class only tells nothing of the other. */
    @Test
    void doesNotWarnWhereThereIsNothingToTell() {
        upload(
                "scarce",
                "seldom,class,y",
                400,
                i -> (i % 40 == 1 ? "3.5" : "") + "," + (i % 20 == 0 ? "a" : "b") + "," + i);
        api().get("/datasets/scarce/profile?target=class")
                .then()
                .body("warnings.findAll { it.kind == 'suspiciously_perfect' }", empty());
    }

    @Test
    void warnsOfAColumnThatIsFilledForOneClass() {
        upload(
                "boats",
                "boat,survived,age",
                200,
                i -> (i % 3 == 0 ? "boat " + i % 5 : "") + "," + (i % 3 == 0 ? 1 : 0) + "," + i % 7 * 0.5);
        api().get("/datasets/boats/profile?target=survived")
                .then()
                .body("warnings.findAll { it.kind == 'suspiciously_perfect' }.columns.flatten()", contains("boat"));
    }

    @Test
    void takesNoOtherParameter() {
        upload("guarded", "a,b c", 3, i -> i + "," + i);
        api().get("/datasets/guarded/profile?taget=a").then().statusCode(422);
        api().get("/datasets/guarded/profile?target=a&target=a").then().statusCode(422);
        api().get("/datasets/guarded/profile?column=b%20c&column=a").then().body("columns.name", contains("b c", "a"));
    }

    @Test
    void warnsOfANumberThatIsTheTarget() {
        Random random = new Random(1);
        upload("copied", "price,price_in_cents,size", 100, i -> {
            double price = random.nextInt(100_000) / 100.0;
            return price + "," + (price * 100 + 3) + "," + random.nextGaussian();
        });
        api().get("/datasets/copied/profile?target=price")
                .then()
                .body(
                        "warnings.findAll { it.kind == 'suspiciously_perfect' }.columns.flatten()",
                        contains("price_in_cents"));
    }

    @Test
    void countsRowsThatAreThereTwice() {
        upload("doubled", "a,b", 40, i -> i / 2 + "," + (i / 2) * 0.5);
        api().get("/datasets/doubled/profile")
                .then()
                .body("duplicate_rows", equalTo(20))
                .body("warnings.kind", hasItem("duplicate_rows"));
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        upload("named", "height,weight", 3, i -> i + "," + i);
        api().get("/datasets/named/profile?column=hight")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("did you mean \"height\"?"));
        api().get("/datasets/named/profile?target=x").then().statusCode(422);
        api().get("/datasets/nothing/profile").then().statusCode(404);
    }

    @Test
    void showsTheFirstOfManyColumns() {
        String names = IntStream.range(0, 130).mapToObj(i -> "c" + i).collect(Collectors.joining(","));
        upload(
                "wide",
                names,
                2,
                i -> IntStream.range(0, 130)
                        .mapToObj(c -> String.valueOf(c * i))
                        .collect(Collectors.joining(",")));
        api().get("/datasets/wide/profile")
                .then()
                .statusCode(200)
                .body("columns", hasSize(100))
                .body("omitted_columns", equalTo(30));
        api().get("/datasets/wide/profile?column=c129&column=c129")
                .then()
                .body("columns.name", contains("c129"))
                .body("columns[0].numbers.mean", equalTo(64.5f));
    }

    @Test
    void showsAColumnWithoutAnyValue() {
        upload("hollow", "a,b", 3, i -> i + ",");
        api().get("/datasets/hollow/profile?column=b")
                .then()
                .statusCode(200)
                .body("columns[0].missing", equalTo(3))
                .body("columns[0].top", empty())
                .body("warnings.kind", hasItem("constant"));
    }

    private static Matcher<Float> near(double expected) {
        return allOf(greaterThan((float) expected - 1e-4f), lessThan((float) expected + 1e-4f));
    }

    /** 400 rows with one column of each kind of oddity. */
    private void odd(String name) {
        Random random = new Random(7);
        upload(name, "id,same,city,income,rare,class,leak,leaked_number,fine", 400, i -> {
            String city = "city " + random.nextInt(150);
            double income = i == 17 ? 1e9 : 1000 + random.nextInt(100);
            String rare = i % 10 == 0 ? "x" : "";
            boolean sick = i % 40 == 0;
            return String.join(
                    ",",
                    "A" + i,
                    "same",
                    city,
                    String.valueOf(income),
                    rare,
                    sick ? "sick" : "well",
                    sick ? "treated" : "sent home",
                    String.valueOf(sick ? 7 + random.nextDouble() : random.nextDouble()),
                    String.valueOf(random.nextGaussian()));
        });
    }

    private void upload(String name, String header, int rows, IntFunction<String> row) {
        String lines = IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n"));
        upload(name, header + "\n" + lines + "\n").statusCode(201);
    }
}
