package io.twostep.dataset.store;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.DatasetProperties;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.StrayText;
import io.twostep.dataset.TableFiles;
import io.twostep.dataset.TableStatistics;
import io.twostep.storage.DataFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Tables as Parquet files, written and read by DuckDB. Their columns are called {@code c0, c1 …} there: DuckDB takes
 * names that differ in case only for one, and so would read the first of them for all.
 */
@Component
class ParquetTables implements TableFiles {

    /**
     * Bytes of a raw line for each character of an upload's line: three in UTF-8, and where values are of one character
     * two quotes more for two of them.
     */
    private static final int BYTES_PER_CHARACTER = 4;

    private static final int CELLS_PER_ROW_GROUP = 4_000_000;
    private static final int FEWEST_ROWS_PER_GROUP = 2048;

    private final DuckDb duckDb;
    private final DatasetProperties bounds;
    private final long longestLine;
    private final DataFolder dataFolder;

    ParquetTables(DatasetProperties bounds, DataFolder dataFolder) {
        this.duckDb = new DuckDb(bounds);
        this.bounds = bounds;
        this.longestLine = BYTES_PER_CHARACTER * bounds.maxLine().toBytes();
        this.dataFolder = dataFolder;
    }

    @Override
    public RawTable readParquet(Path file, Path temporary) {
        return duckDb.call(
                temporary, List.of(folder(file)), database -> new ParquetUpload(database, file, bounds).describe());
    }

    @Override
    public List<DatasetColumn> write(RawTable raw, Path file, Path temporary) {
        return duckDb.call(temporary, List.of(temporary, folder(file)), database -> {
            String source = load(database, raw, temporary.resolve("raw.parquet"));
            Map<Integer, StrayText> strays = new SaidColumns(database, raw, source).leaveStraysOut();
            List<DatasetColumn> columns = new ColumnProfiler(database, raw, strays).profile();
            String typed = IntStream.range(0, columns.size())
                    .mapToObj(i -> typed(
                            NumberText.of(i, raw.columns().get(i)),
                            columns.get(i).type()))
                    .collect(Collectors.joining(", "));
            execute(
                    database,
                    "copy (select %s from raw) to %s (format parquet, compression zstd, row_group_size %d)"
                            .formatted(typed, DuckDb.literal(file), rowGroup(columns.size())));
            return columns;
        });
    }

    @Override
    public OpenTable open(Path file, List<DatasetColumn> columns, int rows) {
        return open(file, columns, rows, ParquetTable.PORTIONS);
    }

    ParquetTable open(Path file, List<DatasetColumn> columns, int rows, ParquetTable.Portions portions) {
        Path temporary = dataFolder.newTemporaryFolder();
        try {
            Connection database = duckDb.open(temporary, List.of(folder(file)));
            return new ParquetTable(database, dataFolder, temporary, file, columns, rows, portions);
        } catch (SQLException e) {
            dataFolder.delete(temporary);
            throw DuckDb.failure(e);
        }
    }

    @Override
    public TableStatistics statistics(Path file, List<DatasetColumn> columns, long rows) {
        Path temporary = dataFolder.newTemporaryFolder();
        try {
            Connection database = duckDb.open(temporary, List.of(folder(file)));
            return new ParquetStatistics(database, dataFolder, temporary, file, columns, rows);
        } catch (SQLException e) {
            dataFolder.delete(temporary);
            throw DuckDb.failure(e);
        }
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Path file, List<DatasetColumn> columns, int limit) {
        Path temporary = dataFolder.newTemporaryFolder();
        try {
            return duckDb.call(temporary, List.of(folder(file)), database -> {
                String names = IntStream.range(0, columns.size())
                        .mapToObj(i -> "c" + i)
                        .collect(Collectors.joining(", "));
                String sql = "select %s from read_parquet(%s) limit %d".formatted(names, DuckDb.literal(file), limit);
                try (Statement statement = database.createStatement();
                        ResultSet result = statement.executeQuery(sql)) {
                    return rows(result, columns);
                }
            });
        } finally {
            dataFolder.delete(temporary);
        }
    }

    @Override
    public void copy(Path file, List<DatasetColumn> columns, Path copy, Path temporary) {
        String named = IntStream.range(0, columns.size())
                .mapToObj(
                        i -> "c" + i + " as " + DuckDb.identifier(columns.get(i).name()))
                .collect(Collectors.joining(", "));
        String sql =
                "copy (select %s from read_parquet(%s)) to %s (format parquet, compression zstd, row_group_size %d)"
                        .formatted(named, DuckDb.literal(file), DuckDb.literal(copy), rowGroup(columns.size()));
        duckDb.call(temporary, List.of(folder(file), folder(copy)), database -> {
            execute(database, sql);
            return copy;
        });
    }

    private static List<Map<String, @Nullable Object>> rows(ResultSet result, List<DatasetColumn> columns)
            throws SQLException {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        while (result.next()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                row.put(columns.get(i).name(), result.getObject(i + 1));
            }
            found.add(row);
        }
        return found;
    }

    /**
     * Makes the rows readable, all of them text, and answers by which function. They go through a file of columns: a table
     * of the database would have to fit into its memory, or go to the disk and back for each of the queries that follow.
     */
    private String load(Connection database, RawTable raw, Path columnFile) throws SQLException {
        String options = "format parquet, compression snappy, row_group_size "
                + rowGroup(raw.columns().size());
        if (raw.inferred().format() == DatasetFormat.PARQUET) {
            new ParquetUpload(database, raw.file(), bounds).copy(raw, columnFile, options);
        } else {
            execute(database, "copy (%s) to %s (%s)".formatted(lines(raw), DuckDb.literal(columnFile), options));
        }
        return "read_parquet(%s, file_row_number = true)".formatted(DuckDb.literal(columnFile));
    }

    private String lines(RawTable raw) {
        String columns = IntStream.range(0, raw.columns().size())
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        String values = IntStream.range(0, raw.columns().size())
                .filter(i -> raw.columns().get(i).dash())
                .mapToObj(i -> "nullif(c%1$d, '-') as c%1$d".formatted(i))
                .collect(Collectors.joining(", "));
        String select = values.isEmpty() ? "*" : "* replace (" + values + ")";
        return ("select %s from read_csv(%s, auto_detect=false, header=false, delim=',', quote='\"',"
                        + " escape='\"', new_line='\\n', nullstr='', allow_quoted_nulls=false,"
                        + " max_line_size=%d, buffer_size=%d, columns=%s)")
                .formatted(select, DuckDb.literal(raw.file()), longestLine, 2 * longestLine, columns);
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Rows that are compressed together; fewer for a wide table, since they are held in memory until then. */
    private static int rowGroup(int columns) {
        return Math.max(FEWEST_ROWS_PER_GROUP, Math.min(122_880, CELLS_PER_ROW_GROUP / columns));
    }

    private static String typed(NumberText text, ColumnType type) {
        String c = text.c();
        return "cast(%s as %s) as %s".formatted(type == ColumnType.NUMBER ? text.pointed() : c, sqlType(type), c);
    }

    private static String sqlType(ColumnType type) {
        return switch (type) {
            case NUMBER -> "double";
            case INTEGER -> "bigint";
            case BOOLEAN -> "boolean";
            case CATEGORY, TEXT, DATE -> "varchar";
        };
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file in a folder");
    }
}
