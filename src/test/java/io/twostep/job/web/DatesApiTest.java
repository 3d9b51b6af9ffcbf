package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.twostep.web.LiveService;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A column of dates from the file to the answers. */
class DatesApiTest extends LiveService {

    private static final String DATASET = "dated-visits";
    private static final LocalDate START = LocalDate.of(2024, 1, 1);
    private static final DateTimeFormatter WRITTEN = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);

    /** Ten visits a day, and at weekends thirty. */
    @BeforeEach
    void upload() {
        StringBuilder csv = new StringBuilder("day,weather,visits\n");
        for (int row = 0; row < 364; row++) {
            LocalDate day = START.plusDays(row);
            csv.append(WRITTEN.format(day))
                    .append(row % 3 == 0 ? ",sun," : ",rain,")
                    .append(day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 30 : 10)
                    .append(row % 2 == 0 ? ".5\n" : ".25\n");
        }
        upload(DATASET, csv.toString())
                .body("columns.type", contains("date", "category", "number"))
                .body("columns.date_order", contains("day_first", null, null));
    }

    @Test
    void learnsWhatDependsOnTheDayOfTheWeek() {
        String model = train("dated", "{\"date_parts\":[\"weekday\",\"month\"]}");

        assertThat(visits(model, "[\"06/01/2025\", \"sun\"]")).isCloseTo(10.4f, within(3f)); // a Monday
        assertThat(visits(model, "[\"05/01/2025\", \"sun\"]")).isCloseTo(30.4f, within(3f)); // a Sunday
        api().get(model)
                .then()
                .body("schema.features[0].type", equalTo("date"))
                .body("schema.features[0].parts.part", contains("month", "weekday"));
    }

    @Test
    void saysHowDatesAreToBeWritten() {
        String model = train("dated-schema", "{}");

        api().get(model + "/schema")
                .then()
                .statusCode(200)
                .body("columns[0].type", equalTo("date"))
                .body("columns[0].date_order", equalTo("day_first"))
                .body("columns[0].earliest", equalTo("2024-01-01T00:00:00Z"));
        predict(model, "[\"2024-01-31\", \"sun\"]")
                .statusCode(422)
                .body("errors[0].detail", containsString("must be a date with the day first"))
                .body("errors[0].detail", containsString("2024-01-31"));
        predict(model, "[\"31/02/2024\", \"sun\"]").statusCode(422);
        predict(model, "[20240131, \"sun\"]").statusCode(422);
    }

    @Test
    void warnsOfDatesBeyondThoseOfTraining() {
        String model = train("dated-warnings", "{}");

        predict(model, "[\"01/01/2030\", \"sun\"]")
                .statusCode(200)
                .body("warnings.kind", contains("out_of_range"))
                .body("warnings.column", contains("day"));
        predict(model, "[null, \"sun\"]").statusCode(200).body("warnings.kind", contains("missing"));
        predict(model, "[\"01/05/2024\", \"sun\"]").statusCode(200).body("warnings", nullValue());
    }

    @Test
    void takesDatesForCategoriesWhereThatIsSaid() {
        String model = train("dated-categories", "{\"columns\":{\"day\":{\"category\":\"hash\"}}}");

        api().get(model).then().body("schema.features[0].type", equalTo("hashed"));
    }

    @Test
    void refusesPartsOfWhatIsNoDate() {
        ask("dated-refused", "{\"columns\":{\"weather\":{\"date_parts\":[\"month\"]}}}")
                .statusCode(422)
                .body("errors[0].pointer", equalTo("#/encoding/columns/weather/date_parts"));
        ask("dated-refused", "{\"columns\":{\"day\":{\"numeric\":\"log\"}}}").statusCode(422);
        ask("dated-refused", "{\"date_parts\":[]}").statusCode(422);
        ask("dated-refused", "{\"date_parts\":[\"season\"]}").statusCode(422);
    }

    @Test
    void leavesDatesAloneThatCouldMeanTwoThings() {
        upload("dated-ambiguous", "day,y\n01/02/2024,1\n03/04/2024,2\n")
                .body("columns.type", contains("category", "integer"))
                .body("columns[0].ambiguous_dates", equalTo(true))
                .body("inferred.warnings", hasItem(containsString("day cannot be told from the month")));
    }

    private String train(String name, String encoding) {
        String model = ask(name, encoding)
                .statusCode(201)
                .body("status", equalTo("succeeded"))
                .extract()
                .path("links.model");
        return model.substring("/api/v1".length());
    }

    private ValidatableResponse ask(String name, String encoding) {
        return submit(
                "/training-jobs",
                "{\"dataset\":\"%s\",\"target\":\"visits\",\"epochs\":300,\"model\":\"%s\",\"encoding\":%s}"
                        .formatted(DATASET, name, encoding));
    }

    private float visits(String model, String instance) {
        return predict(model, instance).statusCode(200).extract().path("predictions[0].value");
    }

    private ValidatableResponse predict(String model, String instance) {
        return api().contentType("application/json")
                .body("{\"instances\":[" + instance + "]}")
                .post(model + "/predictions")
                .then();
    }
}
