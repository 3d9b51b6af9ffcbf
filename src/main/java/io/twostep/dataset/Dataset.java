package io.twostep.dataset;

import java.time.Instant;
import java.util.List;

/**
 * A table that a user has uploaded. It never changes.
 *
 * @param columns in the order of the upload
 * @param sha256 of the bytes that were uploaded
 * @param bytes how many they were
 */
public record Dataset(
        String id,
        String name,
        long rows,
        List<DatasetColumn> columns,
        String sha256,
        long bytes,
        Instant createdAt,
        Inferred inferred) {

    public Dataset {
        columns = List.copyOf(columns);
    }

    public List<String> columnNames() {
        return columns.stream().map(DatasetColumn::name).toList();
    }
}
