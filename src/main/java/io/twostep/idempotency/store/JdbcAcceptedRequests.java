package io.twostep.idempotency.store;

import io.twostep.idempotency.AcceptedRequest;
import io.twostep.idempotency.AcceptedRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accepted requests in a table; its primary key lets one request have each key. */
@Repository
class JdbcAcceptedRequests implements AcceptedRequests {

    private final JdbcClient jdbc;

    JdbcAcceptedRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<AcceptedRequest> find(String target, String key) {
        return jdbc.sql("select * from accepted_request where target = :target and idempotency_key = :key")
                .param("target", target)
                .param("key", key)
                .query(JdbcAcceptedRequests::request)
                .optional();
    }

    @Override
    public void add(AcceptedRequest request) {
        jdbc.sql("""
                insert into accepted_request (target, idempotency_key, sha256, resource_id, is_new, accepted_at)
                values (:target, :key, :sha256, :resourceId, :isNew, :acceptedAt)""")
                .param("target", request.target())
                .param("key", request.key())
                .param("sha256", request.sha256())
                .param("resourceId", request.resourceId())
                .param("isNew", request.isNew())
                .param("acceptedAt", request.acceptedAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    @Override
    public void forget(Instant before) {
        jdbc.sql("delete from accepted_request where accepted_at < :before")
                .param("before", before.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static AcceptedRequest request(ResultSet row, int number) throws SQLException {
        return new AcceptedRequest(
                row.getString("target"),
                row.getString("idempotency_key"),
                row.getString("sha256"),
                row.getString("resource_id"),
                row.getBoolean("is_new"),
                row.getObject("accepted_at", OffsetDateTime.class).toInstant());
    }
}
