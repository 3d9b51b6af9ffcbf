package io.twostep.idempotency.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.idempotency.AcceptedRequest;
import io.twostep.idempotency.AcceptedRequests;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
class JdbcAcceptedRequestsTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00.123Z");

    private final AcceptedRequests requests;

    JdbcAcceptedRequestsTest(TestDatabase database) {
        requests = new JdbcAcceptedRequests(JdbcClient.create(database.migrated()));
    }

    @Test
    void keepsAllOfARequest() {
        AcceptedRequest request = request("POST /things", "k\"\\ ", NOON);

        requests.add(request);

        assertThat(requests.find("POST /things", "k\"\\ ")).contains(request);
    }

    @Test
    void tellsKeysAndTargetsApart() {
        requests.add(request("POST /things", "k", NOON));
        requests.add(request("POST /others", "k", NOON));
        requests.add(request("POST /things", "K", NOON));

        assertThat(requests.find("POST /things", "l")).isEmpty();
        assertThat(requests.find("POST /more", "k")).isEmpty();
    }

    @Test
    void letsOneRequestHaveAKey() {
        requests.add(request("POST /things", "k", NOON));

        assertThatThrownBy(() -> requests.add(request("POST /things", "k", NOON)))
                .isInstanceOf(DuplicateKeyException.class);
    }

    @Test
    void forgetsWhatIsOld() {
        requests.add(request("POST /things", "old", NOON.minusMillis(1)));
        requests.add(request("POST /things", "new", NOON));

        requests.forget(NOON);

        assertThat(requests.find("POST /things", "old")).isEmpty();
        assertThat(requests.find("POST /things", "new")).isPresent();
    }

    private static AcceptedRequest request(String target, String key, Instant at) {
        return new AcceptedRequest(target, key, "ab".repeat(32), "thing_1", true, at);
    }
}
