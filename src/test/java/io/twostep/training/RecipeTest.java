package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.CategoryEncoding;
import io.twostep.features.SplitRule;
import io.twostep.nn.Regularizer;
import io.twostep.web.Json;
import org.junit.jupiter.api.Test;

class RecipeTest {

    /** As it was stored before there were encodings, rules of splitting, weights and schedules. */
    private static final String OLD = """
            {"target":"species","features":["island"],"unseen":"other",
             "network":{"layers":[]},"split":{"validation":0.2,"test":0.1},
             "training":{"optimizer":"adam","epochs":10,"batch_size":32,"regularization":{},"stop":{},"seed":7},
             "arithmetic":"fast"}""";

    @Test
    void isReadAsWhatItWas() {
        Recipe recipe = Json.mapper().readValue(OLD, Recipe.class);

        assertThat(recipe.encoding().category())
                .as("no limit of categories then")
                .isEqualTo(new CategoryEncoding.OneHot(1, 100_000));
        assertThat(recipe.split()).isEqualTo(new SplitShares(0.2, 0.1, new SplitRule.Random()));
        assertThat(recipe.hasWeights()).isFalse();
        assertThat(recipe.training())
                .isEqualTo(new TrainingSpec(Adam.of(0.001), 10, 32, Regularizer.NONE, StoppingRule.NONE, 7));
        assertThat(recipe.training().schedule()).isEqualTo(new LearningRateSchedule.Constant());
    }

    @Test
    void isReadAsItWasWritten() {
        String json = Json.mapper().writeValueAsString(Json.mapper().readValue(OLD, Recipe.class));
        String weighted =
                json.substring(0, json.length() - 1) + ",\"class_weights\":{\"Adelie\":2.0},\"sample_weight\":\"w\"}";

        Recipe recipe = Json.mapper().readValue(weighted, Recipe.class);

        assertThat(recipe.hasWeights()).isTrue();
        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(recipe), Recipe.class))
                .isEqualTo(recipe);
    }
}
