package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.storage.DataFolder;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Makes datasets that nobody has uploaded. A dataset is absent or complete. */
public final class DerivedDatasets {

    private final DatasetCatalog catalog;
    private final TableFiles tables;
    private final DataFolder dataFolder;
    private final TransactionOperations transactions;
    private final DatasetProperties bounds;
    private final InstantSource clock;

    DerivedDatasets(
            DatasetCatalog catalog,
            TableFiles tables,
            DataFolder dataFolder,
            TransactionOperations transactions,
            DatasetProperties bounds,
            InstantSource clock) {
        this.catalog = catalog;
        this.tables = tables;
        this.dataFolder = dataFolder;
        this.transactions = transactions;
        this.bounds = bounds;
        this.clock = clock;
    }

    /**
     * Looks whether a table may have such columns and so many rows.
     *
     * @throws ServiceException DATASET_TOO_LARGE, INVALID_COLUMN_NAME
     */
    public void check(List<RawTable.Column> columns, long rows) {
        if (columns.size() > bounds.maxColumns()) {
            throw RawTableWriter.tooLarge(bounds.maxColumns() + " columns");
        }
        if (rows > bounds.maxCells() / columns.size()) {
            throw RawTableWriter.tooLarge(bounds.maxCells() + " values");
        }
        ColumnNames.checked(columns.stream().map(RawTable.Column::name).toList());
    }

    /** A table to be filled; the caller closes it. */
    public DatasetDraft draft(List<RawTable.Column> columns) {
        return new DatasetDraft(columns, bounds, tables, dataFolder);
    }

    /** A table on the disk that can be published once. */
    public final class Unpublished {

        private final DatasetDraft.Finished table;

        private Unpublished(DatasetDraft.Finished table) {
            this.table = table;
        }

        /**
         * Makes the dataset visible.
         *
         * @param name null lets the dataset have its id for a name
         * @param together what else belongs into the same transaction; if it answers false, nothing is published
         * @return what {@code together} answered
         * @throws ServiceException NAME_TAKEN
         */
        public boolean publish(@Nullable String name, Derivation derivation, Predicate<Dataset> together) {
            Dataset dataset = new Dataset(
                    table.id(),
                    name == null ? table.id() : name,
                    table.rows(),
                    table.columns(),
                    table.sha256(),
                    table.bytes(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    null,
                    derivation);
            boolean published = false;
            try {
                published = Boolean.TRUE.equals(transactions.execute(transaction -> {
                    insert(dataset);
                    boolean agreed = together.test(dataset);
                    if (!agreed) {
                        transaction.setRollbackOnly();
                    }
                    return agreed;
                }));
            } catch (ServiceException e) {
                discard();
                throw e;
            }
            if (!published) {
                discard(); // after any other exception the file stays: the commit may have gone through
            }
            return published;
        }

        private void insert(Dataset dataset) {
            if (!catalog.insert(dataset, table.parquet())) {
                throw new ServiceException(
                        ErrorCode.NAME_TAKEN, "There is a dataset " + Excerpt.quoted(dataset.name()) + " by now.");
            }
        }

        private void discard() {
            dataFolder.blobs(Datasets.AREA).delete(table.parquet().key());
        }
    }

    /**
     * Types the table and puts it on the disk, where nobody sees it yet.
     *
     * @param pause asked between the steps, each of which may take as long as that of an upload; may throw, which ends
     *     it
     */
    public Unpublished finish(DatasetDraft draft, Runnable pause) {
        return new Unpublished(draft.finish(pause));
    }
}
