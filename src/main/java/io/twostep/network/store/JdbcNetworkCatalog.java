package io.twostep.network.store;

import io.twostep.network.NetworkCatalog;
import io.twostep.network.NetworkDefinition;
import io.twostep.nn.NetworkSpec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Networks in the table {@code network}, each spec as a JSON document. */
@Repository
class JdbcNetworkCatalog implements NetworkCatalog {

    private static final String SELECT = "select id, name, spec, created_at from network ";

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcNetworkCatalog(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean insert(NetworkDefinition network) {
        try {
            jdbc.sql("insert into network (id, name, spec, created_at) values (?, ?, ?, ?)")
                    .params(
                            network.id(),
                            network.name(),
                            json.writeValueAsString(network.spec()),
                            network.createdAt().atOffset(ZoneOffset.UTC))
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<NetworkDefinition> byId(String id) {
        return jdbc.sql(SELECT + "where id = ?").param(id).query(this::network).optional();
    }

    @Override
    public Optional<NetworkDefinition> byName(String name) {
        return jdbc.sql(SELECT + "where name = ?")
                .param(name)
                .query(this::network)
                .optional();
    }

    @Override
    public List<NetworkDefinition> page(@Nullable String after, int limit) {
        return jdbc.sql(SELECT + "where id > ? order by id fetch first ? rows only")
                .params(after == null ? "" : after, limit)
                .query(this::network)
                .list();
    }

    @Override
    public void delete(String id) {
        jdbc.sql("delete from network where id = ?").param(id).update();
    }

    private NetworkDefinition network(ResultSet row, int index) throws SQLException {
        return new NetworkDefinition(
                row.getString("id"),
                row.getString("name"),
                json.readValue(row.getString("spec"), NetworkSpec.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
