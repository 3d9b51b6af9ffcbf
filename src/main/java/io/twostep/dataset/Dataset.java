package io.twostep.dataset;

import io.twostep.features.Notation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that a user has uploaded, or that the service made. It never changes.
 *
 * @param columns in the order of the upload
 * @param sha256 of the bytes that were uploaded, or of the values of a table that was made
 * @param bytes how many they were
 * @param inferred null where nobody has uploaded it
 * @param derivedFrom null where somebody has
 */
public record Dataset(
        String id,
        String name,
        long rows,
        List<DatasetColumn> columns,
        String sha256,
        long bytes,
        Instant createdAt,
        @Nullable Inferred inferred,
        @Nullable Derivation derivedFrom) {

    public Dataset {
        columns = List.copyOf(columns);
    }

    /** One that somebody has uploaded. */
    public Dataset(
            String id,
            String name,
            long rows,
            List<DatasetColumn> columns,
            String sha256,
            long bytes,
            Instant createdAt,
            Inferred inferred) {
        this(id, name, rows, columns, sha256, bytes, createdAt, inferred, null);
    }

    public List<String> columnNames() {
        return columns.stream().map(DatasetColumn::name).toList();
    }

    /** How text is to be read as it was here. */
    public Notation notation() {
        return inferred == null ? Notation.USUAL : inferred.notation();
    }
}
