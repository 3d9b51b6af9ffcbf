package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageRequestTest {

    @Test
    void asksForTheFirst50WhereNothingIsSaid() {
        assertThat(PageRequest.parse(null, null)).isEqualTo(new PageRequest(50, null));
        assertThat(PageRequest.parse("500", "net_1")).isEqualTo(new PageRequest(500, "net_1"));
    }

    @Test
    void tellsBothParametersThatBreakTheirRules() {
        ServiceException refusal =
                catchThrowableOfType(ServiceException.class, () -> PageRequest.parse("501", "a/../b"));

        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_PARAMETER);
        assertThat(refusal.problems())
                .containsExactly(
                        new Problem("limit", "must be an integer from 1 to 500 but was \"501\""),
                        new Problem("after", "must be the \"next\" of an earlier page but was \"a/../b\""));
    }

    @Test
    void cutsThePageFromOneItemMore() {
        PageRequest request = new PageRequest(2, null);

        assertThat(Page.of(List.of(1, 2, 3), request, String::valueOf, i -> -i))
                .isEqualTo(new Page<>(List.of(-1, -2), "2"));
        assertThat(Page.of(List.of(1, 2), request, String::valueOf, i -> -i))
                .isEqualTo(new Page<>(List.of(-1, -2), null));
        assertThat(Page.of(List.<Integer>of(), request, String::valueOf, i -> -i))
                .isEqualTo(new Page<>(List.of(), null));
    }

    @Test
    void writesTheEndOfTheListAsNull() {
        assertThat(Json.mapper().writeValueAsString(new Page<>(List.of(), null)))
                .isEqualTo("{\"items\":[],\"next\":null}");
    }
}
