package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FarewellTest {

    private final Farewell farewell = new Farewell(Duration.ZERO);

    @Test
    void tellsClientsOfAServiceThatLeavesToConnectAnew() throws Exception {
        farewell.start();
        assertThat(connection()).isNull();
        assertThat(farewell.isRunning()).isTrue();

        farewell.stop();

        assertThat(connection()).isEqualTo("close");
        assertThat(farewell.isRunning()).isFalse();
    }

    private String connection() throws Exception {
        MockHttpServletResponse response = new MockHttpServletResponse();
        farewell.doFilter(new MockHttpServletRequest(), response, new MockFilterChain());
        return response.getHeader("Connection");
    }
}
