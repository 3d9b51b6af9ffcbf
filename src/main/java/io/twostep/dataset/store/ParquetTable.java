package io.twostep.dataset.store;

import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.OpenTable;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.features.ColumnData;
import io.twostep.features.Table;
import io.twostep.storage.DataFolder;
import io.twostep.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Parquet file that is read in the pieces in which DuckDB works, column by column within each: four times as fast as
 * the rows of a {@link java.sql.ResultSet}, and never more than some pieces are in memory.
 */
final class ParquetTable implements OpenTable {

    private static final Logger log = LoggerFactory.getLogger(ParquetTable.class);

    /** What is shown at a time, where the table allows: 64 MB of columns, some MB of rows, short texts too. */
    static final Portions PORTIONS = new Portions(8_000_000, 50_000);

    private final Connection database;
    private final DataFolder dataFolder;
    private final Path temporary;
    private final Path file;
    private final List<DatasetColumn> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int rows;
    private final Portions portions;

    /**
     * @param columnValues values of columns that are held at the same time; at least one column is
     * @param pieceValues values of a piece of rows; at least one row is
     */
    record Portions(int columnValues, int pieceValues) {}

    /** Rows that follow each other. */
    private record Stretch(int from, int count) {

        /** By which whole groups of rows are passed over. */
        private String condition() {
            return " where file_row_number >= %d and file_row_number < %d".formatted(from, (long) from + count);
        }
    }

    /**
     * @param database may read the file; closed with this table
     * @param temporary what the database writes; deleted with this table
     */
    ParquetTable(
            Connection database,
            DataFolder dataFolder,
            Path temporary,
            Path file,
            List<DatasetColumn> columns,
            int rows,
            Portions portions) {
        this.database = database;
        this.dataFolder = dataFolder;
        this.temporary = temporary;
        this.file = file;
        this.columns = columns;
        columns.forEach(column -> positions.put(column.name(), positions.size()));
        this.rows = rows;
        this.portions = portions;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
        int together = Math.max(1, portions.columnValues / Math.max(1, rows));
        for (int from = 0; from < names.size(); from += together) {
            List<DatasetColumn> wanted = named(names.subList(from, Math.min(names.size(), from + together)));
            List<ColumnGatherer> whole = gatherers(wanted, rows);
            scan(wanted, chunk -> gather(chunk, 0, rows(chunk), whole));
            whole.forEach(gatherer -> reader.accept(gatherer.column()));
        }
    }

    @Override
    public void forEachPiece(List<String> names, Consumer<Table> reader) {
        List<DatasetColumn> wanted = named(names);
        int most = Math.max(1, portions.pieceValues / Math.max(1, wanted.size()));
        scan(wanted, chunk -> {
            for (int from = 0; from < rows(chunk); from += most) {
                int to = Math.min(rows(chunk), from + most);
                List<ColumnGatherer> piece = gatherers(wanted, to - from);
                gather(chunk, from, to, piece);
                reader.accept(
                        new Table(piece.stream().map(ColumnGatherer::column).toList()));
            }
        });
    }

    @Override
    public Table rows(List<String> names, int from, int count) {
        List<DatasetColumn> wanted = named(names);
        List<ColumnGatherer> found = gatherers(wanted, count);
        scan(wanted, new Stretch(from, count), chunk -> gather(chunk, 0, rows(chunk), found));
        return new Table(found.stream().map(ColumnGatherer::column).toList());
    }

    /** Never spoils what was read; a folder that will not go is emptied at the next start. */
    @Override
    public void close() {
        try {
            database.close();
            dataFolder.delete(temporary);
        } catch (SQLException | StorageException e) {
            log.warn("What a table was read with could not be closed or deleted", e);
        }
    }

    private List<DatasetColumn> named(List<String> names) {
        return names.stream().map(name -> columns.get(position(name))).toList();
    }

    private int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new InvalidValueException(
                    Problem.token(name), "column " + Excerpt.quoted(name) + " is not in the table");
        }
        return position;
    }

    private static List<ColumnGatherer> gatherers(List<DatasetColumn> wanted, int rows) {
        return wanted.stream().map(column -> ColumnGatherer.of(column, rows)).toList();
    }

    private static void gather(DuckDBDataChunkReader chunk, int from, int to, List<ColumnGatherer> gatherers) {
        for (int i = 0; i < gatherers.size(); i++) {
            gatherers.get(i).add(chunk.vector(i), from, to);
        }
    }

    /** Reads all rows of some columns. */
    private void scan(List<DatasetColumn> wanted, Consumer<DuckDBDataChunkReader> reader) {
        scan(wanted, new Stretch(0, rows), reader);
    }

    /** Reads some rows; fails if they are not as many as they should be. */
    private void scan(List<DatasetColumn> wanted, Stretch stretch, Consumer<DuckDBDataChunkReader> reader) {
        long read = 0;
        try (PreparedStatement statement = database.prepareStatement(select(wanted, stretch));
                DuckDBChunkedResult result =
                        statement.unwrap(DuckDBPreparedStatement.class).query()) {
            while (result.nextChunk()) {
                read += rows(result.chunk());
                requireRows(read <= stretch.count, read, stretch);
                reader.accept(result.chunk());
            }
            requireRows(read == stretch.count, read, stretch); // the driver takes an error in the middle for the end
        } catch (SQLException e) {
            throw DuckDb.failure(e);
        }
    }

    private static void requireRows(boolean asExpected, long read, Stretch stretch) throws SQLException {
        if (!asExpected) {
            throw new SQLException("the file gave " + read + " rows and should have " + stretch.count);
        }
    }

    private String select(List<DatasetColumn> wanted, Stretch stretch) {
        String names = wanted.stream()
                .map(column -> "cast(c%d as %s)".formatted(position(column.name()), ColumnGatherer.sqlType(column)))
                .collect(Collectors.joining(", "));
        String select = "select " + names + " from read_parquet(" + DuckDb.literal(file);
        return stretch.from == 0 && stretch.count == rows
                ? select + ")"
                : select + ", file_row_number = true)" + stretch.condition();
    }

    private static int rows(DuckDBDataChunkReader chunk) {
        return Math.toIntExact(chunk.rowCount());
    }
}
