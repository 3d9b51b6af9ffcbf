package io.twostep.dataset.web;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.Inferred;
import java.time.Instant;
import java.util.List;

/** A dataset as it is told to clients. */
record DatasetView(
        String id,
        String name,
        long rows,
        List<DatasetColumn> columns,
        String sha256,
        long bytes,
        Instant createdAt,
        Inferred inferred) {

    static DatasetView of(Dataset dataset) {
        return new DatasetView(
                dataset.id(),
                dataset.name(),
                dataset.rows(),
                dataset.columns(),
                dataset.sha256(),
                dataset.bytes(),
                dataset.createdAt(),
                dataset.inferred());
    }
}
