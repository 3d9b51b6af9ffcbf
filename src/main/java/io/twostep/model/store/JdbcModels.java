package io.twostep.model.store;

import io.twostep.model.Evaluations;
import io.twostep.model.ModelSchema;
import io.twostep.model.ModelVersion;
import io.twostep.model.Models;
import io.twostep.model.Provenance;
import io.twostep.nn.Network;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The published models in three tables: the names, each with its latest version, the versions, and their whole evaluations. */
@Repository
class JdbcModels implements Models {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcModels(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public ModelVersion add(String name, IntFunction<ModelVersion> described, Evaluations evaluation) {
        ModelVersion model = described.apply(nextVersion(name));
        jdbc.sql("""
                insert into model_version (name, version, job_id, network, model_schema, evaluation, provenance,
                    weights_sha256, weights_file, bytes, created_at)
                values (:name, :version, :jobId, :network, :schema, :evaluation, :provenance,
                    :weightsSha256, :weightsFile, :bytes, :createdAt)""")
                .param("name", model.name())
                .param("version", model.version())
                .param("jobId", model.jobId())
                .param("network", json.writeValueAsString(model.network()))
                .param("schema", json.writeValueAsString(model.schema()))
                .param("evaluation", json.writeValueAsString(model.evaluation()))
                .param("provenance", json.writeValueAsString(model.provenance()))
                .param("weightsSha256", model.weightsSha256())
                .param("weightsFile", model.weightsFile())
                .param("bytes", model.bytes())
                .param("createdAt", model.createdAt().atOffset(ZoneOffset.UTC))
                .update();
        jdbc.sql("insert into model_evaluation (name, version, evaluation) values (:name, :version, :evaluation)")
                .param("name", model.name())
                .param("version", model.version())
                .param("evaluation", json.writeValueAsString(evaluation))
                .update();
        return model;
    }

    @Override
    public Optional<Evaluations> evaluation(String name, int version) {
        return jdbc.sql("select evaluation from model_evaluation where name = :name and version = :version")
                .param("name", name)
                .param("version", version)
                .query((row, number) -> json.readValue(row.getString("evaluation"), Evaluations.class))
                .optional();
    }

    /** The row of the name stays locked until the transaction ends, so that others wait for their number. */
    private int nextVersion(String name) {
        int updated = jdbc.sql("update model set latest_version = latest_version + 1 where name = :name")
                .param("name", name)
                .update();
        if (updated == 0) {
            jdbc.sql("insert into model (name, latest_version) values (:name, 1)")
                    .param("name", name)
                    .update();
        }
        return latestVersion(name).orElseThrow();
    }

    @Override
    public Optional<ModelVersion> find(String name, int version) {
        return jdbc.sql("select * from model_version where name = :name and version = :version")
                .param("name", name)
                .param("version", version)
                .query(this::version)
                .optional();
    }

    @Override
    public Optional<ModelVersion> findLatest(String name) {
        return jdbc.sql("""
                select v.* from model m join model_version v on v.name = m.name and v.version = m.latest_version
                where m.name = :name""").param("name", name).query(this::version).optional();
    }

    @Override
    public Optional<Integer> latestVersion(String name) {
        return jdbc.sql("select latest_version from model where name = :name")
                .param("name", name)
                .query(Integer.class)
                .optional();
    }

    @Override
    public List<ModelVersion> list(@Nullable String after, int limit) {
        return jdbc.sql("""
                select v.* from model m join model_version v on v.name = m.name and v.version = m.latest_version
                where m.name > :after order by m.name fetch first :limit rows only""")
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(this::version)
                .list();
    }

    @Override
    public List<ModelVersion> versions(String name, @Nullable Integer after, int limit) {
        return jdbc.sql("""
                select * from model_version where name = :name and version < :after
                order by version desc fetch first :limit rows only""")
                .param("name", name)
                .param("after", after == null ? Integer.MAX_VALUE : after)
                .param("limit", limit)
                .query(this::version)
                .list();
    }

    @Override
    public Set<String> weightsFiles() {
        return jdbc.sql("select weights_file from model_version")
                .query(String.class)
                .set();
    }

    private ModelVersion version(ResultSet row, int number) throws SQLException {
        return new ModelVersion(
                row.getString("name"),
                row.getInt("version"),
                row.getString("job_id"),
                json.readValue(row.getString("network"), Network.class),
                json.readValue(row.getString("model_schema"), ModelSchema.class),
                json.readValue(row.getString("evaluation"), Evaluations.class),
                json.readValue(row.getString("provenance"), Provenance.class),
                row.getString("weights_sha256"),
                row.getString("weights_file"),
                row.getLong("bytes"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
