package io.twostep.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.web.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InferredTest {

    @Test
    void readsWhatTheFirstVersionsStored() {
        Inferred old = Json.mapper()
                .readValue(
                        "{\"format\":\"csv\",\"encoding\":\"utf-8\",\"delimiter\":\",\",\"quote\":\"\\\"\",\"header\":true,"
                                + "\"missing\":[\"NA\"],\"warnings\":[]}",
                        Inferred.class);

        assertThat(old.types()).isEqualTo(Map.of());
        assertThat(old.given()).isEmpty();
        assertThat(old.notation().decimal()).isEqualTo(".");
        assertThat(old.notation().quote()).isEqualTo("\"");
        assertThat(old.notation().missing()).isEqualTo(List.of("NA"));
    }
}
