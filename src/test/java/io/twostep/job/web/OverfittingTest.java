package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.twostep.web.LiveService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the essay ends: a network too large for the V's noise learns it by heart, and every remedy helps. */
@Tag("once")
class OverfittingTest extends LiveService {

    private static final String LAYER = "{\"type\":\"dense\",\"units\":128}";
    private static final String LARGE = LAYER + "," + LAYER;

    /** Of what the network that is too large loses on rows that it has not learned. */
    private static final double WORTH_IT = 0.6;

    /** The same for all. */
    private static @Nullable JsonPath tooLarge;

    @Test
    void aNetworkThatIsTooLargeLearnsTheNoise() {
        JsonPath metrics = tooLarge();

        assertThat(metrics.getDouble("training.accuracy")).isEqualTo(1);
        assertThat(metrics.getDouble("validation.accuracy")).isLessThan(0.8);
        assertThat(metrics.getDouble("validation.log_loss"))
                .as("worse than to know nothing but the shares of the classes")
                .isGreaterThan(1.5 * metrics.getDouble("validation.baseline.log_loss"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            emptyValue = "",
            value = {
                "smaller    | {'type':'dense','units':8} | `` | ``",
                "early-stop | LARGE | ,'stop':{'patience':20} | ``",
                "l1         | LARGE | ,'regularization':{'l1':0.005} | ``",
                "l2         | LARGE | ,'regularization':{'l2':0.05} | ``",
                "max-norm   | LARGE | ,'regularization':{'max_norm':0.5} | ``",
                "dropout    | {'type':'dropout','rate':0.2},LAYER,{'type':'dropout'},LAYER,{'type':'dropout'} | `` | ``",
                "noise      | {'type':'gaussian_noise','standard_deviation':1},LARGE | `` | ``",
                "smoothing  | LARGE | `` | ,'output':{'loss':{'type':'binary_cross_entropy','label_smoothing':0.3}}"
            })
    void everyRemedyHelps(String name, String layers, String course, String output) {
        JsonPath without = tooLarge();
        JsonPath with = train("remedy-" + name, layers, course, output);

        assertThat(with.getDouble("training.log_loss")).isGreaterThan(100 * without.getDouble("training.log_loss"));
        assertThat(with.getDouble("validation.accuracy"))
                .isGreaterThan(without.getDouble("validation.accuracy") - (name.equals("smoothing") ? 0.04 : 0));
        assertThat(with.getDouble("validation.log_loss"))
                .isLessThan(WORTH_IT * without.getDouble("validation.log_loss"));
    }

    private JsonPath tooLarge() {
        if (tooLarge == null) {
            tooLarge = train("too-large", LARGE, "", "");
        }
        return tooLarge;
    }

    private JsonPath train(String model, String layers, String course, String output) {
        submit(
                        "/training-jobs",
                        ("{'dataset':'vnoise','target':'label','epochs':300,'split':{'validation':0.67},'model':'"
                                        + model
                                        + "','network':{'layers':["
                                        + layers.replace("LARGE", LARGE).replace("LAYER", LAYER)
                                        + "]" + output + "}" + course + "}")
                                .replace('\'', '"'))
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        return api().get("/models/" + model).jsonPath().setRootPath("metrics");
    }
}
