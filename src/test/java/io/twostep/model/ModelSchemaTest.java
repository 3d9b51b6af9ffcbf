package io.twostep.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.Notation;
import io.twostep.web.Json;
import org.junit.jupiter.api.Test;

class ModelSchemaTest {

    @Test
    void readsWhatTheFirstVersionsStored() {
        ModelSchema old = Json.mapper()
                .readValue(
                        "{\"features\":[{\"type\":\"numeric\",\"name\":\"x\",\"median\":0,\"mean\":0,"
                                + "\"standard_deviation\":1}],\"target\":{\"type\":\"number\",\"column\":\"y\",\"mean\":0,"
                                + "\"standard_deviation\":1,\"scaled\":true}}",
                        ModelSchema.class);

        assertThat(old.notation()).isEqualTo(Notation.USUAL);
    }
}
