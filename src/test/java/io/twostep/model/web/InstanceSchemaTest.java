package io.twostep.model.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.Notation;
import io.twostep.features.UnseenCategory;
import io.twostep.model.web.InputSchema.Answer;
import io.twostep.model.web.InputSchema.Column;
import io.twostep.model.web.InputSchema.MissingValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class InstanceSchemaTest {

    @Test
    void takesNumbersForTheCategoriesThatAreWrittenLikeThem() {
        List<String> categories = List.of("+1", "-3", "007", "1e-999999999", "2.50", "9".repeat(500), "false");

        assertThat(property(categories, categories.size()).get("enum"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(null, "", "NA", "+1", "-3", "007", "1e-999999999", "2.50", "9".repeat(500), "false")
                .filteredOn(value -> value instanceof Number || value instanceof Boolean)
                .containsExactly(new BigDecimal("-3"), new BigDecimal("2.50"), false);
    }

    @Test
    void takesAnyCategoryWhereNotAllAreTold() {
        assertThat(property(List.of("a", "b"), 2_000).containsKey("enum")).isFalse();
    }

    private static Map<?, ?> property(List<String> categories, int count) {
        Column column = new Column(
                "code",
                "category",
                null,
                null,
                categories,
                count,
                UnseenCategory.REJECT,
                MissingValue.UNKNOWN,
                null,
                null,
                null);
        InputSchema input = new InputSchema(
                "m", 1, List.of(column), Notation.USUAL, new Answer("y", "number", null, null), Map.of());
        return (Map<?, ?>) ((Map<?, ?>) InstanceSchema.of(input).get("properties")).get("code");
    }
}
