package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdTest {

    @Test
    void readsWhatItWrites() {
        EventId id = EventId.START.afterTransition().afterTransition().afterEpoch(120);

        assertThat(id).hasToString("t2.e120");
        assertThat(EventId.parse("t2.e120", 2)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "120",
                "t2",
                "e120",
                "t2.e",
                "t-1.e0",
                "t3.e0",
                "t2.e9999999999",
                " t2.e1",
                "t2.e1\n",
                "T2.E1"
            })
    void refusesWhatIsNoIdOfTheJob(String header) {
        assertThatThrownBy(() -> EventId.parse(header, 2))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_HEADER))
                .hasMessageContaining("Last-Event-ID must be the id of an event of this job");
    }
}
