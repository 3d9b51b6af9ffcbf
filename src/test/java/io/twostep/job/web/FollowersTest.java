package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowersTest {

    private final Followers followers = new Followers(3, 2);

    @AfterEach
    void close() {
        followers.close();
    }

    @Test
    void leavesTheOthersTheirShare() throws Exception {
        follow("192.0.2.1");
        follow("192.0.2.1");
        assertRefused(
                "192.0.2.1", "2 clients at this address follow jobs; ask for the job itself, or again in a moment.");
        follow("192.0.2.2");
        assertRefused("192.0.2.3", "3 clients follow jobs; ask for the job itself, or again in a moment.");

        followers.stop();
        assertThat(followers.count()).isZero();

        followers.start();
        follow("192.0.2.1");
        follow("192.0.2.1");
        assertThat(followers.count()).isEqualTo(2);
    }

    @Test
    void chargesNobodyWithAnAnswerThatCouldNotBegin() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> followers.add("192.0.2.1", () -> {
                        throw new IOException("gone");
                    }))
                    .hasMessage("gone");
        }

        follow("192.0.2.1");
        assertThat(followers.count()).isEqualTo(1);
    }

    private void follow(String caller) throws IOException {
        followers.add(caller, Patient::new);
    }

    private void assertRefused(String caller, String message) {
        assertThatThrownBy(() -> follow(caller))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BUSY))
                .hasMessage(message);
    }

    private static final class Patient implements Followers.Follower {

        @Override
        public boolean look() {
            return true;
        }

        @Override
        public void leave() {}
    }
}
