package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.nn.Regularizer;
import io.twostep.training.Adam;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.web.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CourseTest {

    @ParameterizedTest
    @CsvSource({
        "120,        500, 0.2",
        "640,        500, 0.125",
        "3200,       111, 0.1",
        "100000,      20, 0.1",
        "8000000000,  20, 0.1"
    })
    void suitsTheNumberOfRowsWhereNothingIsSaid(long rows, int epochs, double validation) {
        Course course = Course.of(TrainingRequest.of("penguins", "species"), rows);

        assertThat(course.epochs()).isEqualTo(epochs);
        assertThat(course.split()).isEqualTo(new SplitShares(validation, 0));
        assertThat(course.batchSize()).isEqualTo(32);
        assertThat(course.optimizer()).isEqualTo(Adam.of(0.001));
        assertThat(course.clipping()).isNull();
        assertThat(course.regularization()).isEqualTo(new Regularizer(0, 0.0001));
        assertThat(course.schedule()).isEqualTo(LearningRateSchedule.ReduceOnPlateau.by(0.5, Math.max(3, epochs / 20)));
        assertThat(course.stop()).isEqualTo(StoppingRule.patient(Math.max(10, epochs / 5)));
    }

    @Test
    void countsTheStepsOfTheRowsThatAreLearnedFrom() {
        Course course = Course.of(request("\"batch_size\":64,\"split\":{\"validation\":0.3,\"test\":0.2}"), 12_800);

        assertThat(course.epochs()).isEqualTo(100);
        assertThat(course.batchSize()).isEqualTo(64);
        assertThat(course.split()).isEqualTo(new SplitShares(0.3, 0.2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"epochs\":100",
                "\"optimizer\":\"adam\"",
                "\"schedule\":\"constant\"",
                "\"regularization\":{}",
                "\"stop\":{}"
            })
    void isPlainForWhoeverSaysAPart(String part) {
        Course course = Course.of(request(part), 120);

        assertThat(course)
                .isEqualTo(new Course(
                        100,
                        32,
                        Adam.of(0.001),
                        new LearningRateSchedule.Constant(),
                        null,
                        Regularizer.NONE,
                        SplitShares.of(120),
                        StoppingRule.NONE));
    }

    private static TrainingRequest request(String more) {
        return Json.mapper()
                .readValue("{\"dataset\":\"penguins\",\"target\":\"species\"," + more + "}", TrainingRequest.class);
    }
}
