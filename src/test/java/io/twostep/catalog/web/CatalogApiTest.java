package io.twostep.catalog.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import io.twostep.catalog.Catalog;
import io.twostep.kind.Kinds;
import io.twostep.web.LiveService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("once")
class CatalogApiTest extends LiveService {

    @Test
    void tellsEveryKindOfEveryFamily() {
        List<Map<String, Object>> families = api().get("/catalog")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("families");

        assertThat(families)
                .extracting(family -> family.get("family"))
                .containsExactlyElementsOf(Catalog.FAMILIES.keySet());
        for (Map<String, Object> family : families) {
            assertThat((List<?>) family.get("kinds"))
                    .extracting(kind -> String.valueOf(((Map<?, ?>) kind).get("type")))
                    .containsExactlyElementsOf(
                            Kinds.of(Catalog.FAMILIES.get(family.get("family"))).keySet());
        }
    }

    @Test
    void tellsFieldsBoundsDefaultsFormulaAndSource() {
        String adam = "families.find{it.family=='optimizer'}.kinds.find{it.type=='adam'}.";
        String warmUp = "families.find{it.family=='schedule'}.kinds.find{it.type=='warm_up'}.";
        api().get("/catalog")
                .then()
                .body(adam + "formula", hasItems("m = beta1 m + (1 - beta1) g"))
                .body(adam + "source", startsWith("Kingma, Ba"))
                .body(adam + "fields.name", contains("learning_rate", "beta1", "beta2", "epsilon", "amsgrad"))
                .body(adam + "fields.type", contains("number", "number", "number", "number", "boolean"))
                .body(adam + "fields[0].default", equalTo(0.001f))
                .body(adam + "fields[0].exclusive_minimum", equalTo(0f))
                .body(adam + "fields[0].maximum", equalTo(1_000_000f))
                .body(warmUp + "fields[2].family", equalTo("schedule"))
                .body(warmUp + "fields[2].default", equalTo("constant"));
    }
}
