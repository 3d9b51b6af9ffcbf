package io.twostep.dataset.store;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetCatalog;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.Derivation;
import io.twostep.dataset.Inferred;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The datasets in one table. */
@Repository
class JdbcDatasets implements DatasetCatalog {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcDatasets(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    @Override
    public boolean insert(Dataset dataset, Blob parquet) {
        try {
            jdbc.sql("""
                    insert into dataset (id, name, row_count, columns, sha256, byte_count, created_at, inferred,
                        derived_from, blob_key, blob_sha256, blob_bytes)
                    values (:id, :name, :rows, :columns, :sha256, :bytes, :createdAt, :inferred,
                        :derivedFrom, :blobKey, :blobSha256, :blobBytes)""")
                    .param("id", dataset.id())
                    .param("name", dataset.name())
                    .param("rows", dataset.rows())
                    .param("columns", json.writeValueAsString(dataset.columns()))
                    .param("sha256", dataset.sha256())
                    .param("bytes", dataset.bytes())
                    .param("createdAt", dataset.createdAt().atOffset(ZoneOffset.UTC))
                    .param("inferred", json.writeValueAsString(dataset.inferred()))
                    .param(
                            "derivedFrom",
                            dataset.derivedFrom() == null ? null : json.writeValueAsString(dataset.derivedFrom()))
                    .param("blobKey", parquet.key())
                    .param("blobSha256", parquet.sha256())
                    .param("blobBytes", parquet.bytes())
                    .update();
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    @Override
    public Optional<Dataset> byId(String id) {
        return jdbc.sql("select * from dataset where id = :id")
                .param("id", id)
                .query(this::dataset)
                .optional();
    }

    @Override
    public Optional<Dataset> byName(String name) {
        return jdbc.sql("select * from dataset where name = :name")
                .param("name", name)
                .query(this::dataset)
                .optional();
    }

    @Override
    public List<Dataset> page(@Nullable String after, int limit) {
        return jdbc.sql("select * from dataset where id > :after order by id fetch first :limit rows only")
                .param("after", after == null ? "" : after)
                .param("limit", limit)
                .query(this::dataset)
                .list();
    }

    @Override
    public boolean lock(String id) {
        return jdbc.sql("select id from dataset where id = :id for update")
                .param("id", id)
                .query(String.class)
                .optional()
                .isPresent();
    }

    @Override
    public void delete(String id) {
        jdbc.sql("delete from dataset where id = :id").param("id", id).update();
    }

    @Override
    public String blobKey(String id) {
        return jdbc.sql("select blob_key from dataset where id = :id")
                .param("id", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> new ServiceException(ErrorCode.NOT_FOUND, "The dataset is gone."));
    }

    @Override
    public long totalBytes() {
        return jdbc.sql("select coalesce(sum(byte_count), 0) from dataset")
                .query(Long.class)
                .single();
    }

    @Override
    public Set<String> blobKeys() {
        return jdbc.sql("select blob_key from dataset").query(String.class).set();
    }

    private Dataset dataset(ResultSet row, int number) throws SQLException {
        String derivedFrom = row.getString("derived_from");
        return new Dataset(
                row.getString("id"),
                row.getString("name"),
                row.getLong("row_count"),
                json.readValue(row.getString("columns"), new TypeReference<List<DatasetColumn>>() {}),
                row.getString("sha256"),
                row.getLong("byte_count"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                json.readValue(row.getString("inferred"), Inferred.class),
                derivedFrom == null ? null : json.readValue(derivedFrom, Derivation.class));
    }
}
