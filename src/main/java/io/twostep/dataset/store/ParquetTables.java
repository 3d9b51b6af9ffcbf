package io.twostep.dataset.store;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetProperties;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.TableFiles;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import io.twostep.features.Texts;
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
    private final long longestLine;
    private final DataFolder dataFolder;

    ParquetTables(DatasetProperties bounds, DataFolder dataFolder) {
        this.duckDb = new DuckDb(bounds);
        this.longestLine = BYTES_PER_CHARACTER * bounds.maxLine().toBytes();
        this.dataFolder = dataFolder;
    }

    @Override
    public List<DatasetColumn> write(RawTable raw, Path file, Path temporary) {
        return duckDb.call(temporary, List.of(temporary, folder(file)), database -> {
            load(database, raw);
            List<DatasetColumn> columns = new ColumnProfiler(database, raw).profile();
            String typed = IntStream.range(0, columns.size())
                    .mapToObj(i -> "cast(c%1$d as %2$s) as c%1$d"
                            .formatted(i, sqlType(columns.get(i).type())))
                    .collect(Collectors.joining(", "));
            execute(
                    database,
                    "copy (select %s from raw order by rowid) to %s (format parquet, compression zstd, row_group_size %d)"
                            .formatted(typed, DuckDb.literal(file), rowGroup(columns.size())));
            return columns;
        });
    }

    @Override
    public Table read(Path file, List<DatasetColumn> columns, List<Integer> wanted) {
        return query(file, wanted, "", (rows, result) -> {
            List<ColumnReader> readers = new ArrayList<>();
            for (int position : wanted) {
                readers.add(new ColumnReader(columns.get(position), readers.size() + 1, rows));
            }
            for (int row = 0; result.next(); row++) {
                for (ColumnReader reader : readers) {
                    reader.read(result, row);
                }
            }
            return new Table(readers.stream().map(ColumnReader::column).toList());
        });
    }

    @Override
    public List<Map<String, @Nullable Object>> rows(Path file, List<DatasetColumn> columns, int limit) {
        List<Integer> all = IntStream.range(0, columns.size()).boxed().toList();
        return query(file, all, " limit " + limit, (rows, result) -> {
            List<Map<String, @Nullable Object>> found = new ArrayList<>();
            while (result.next()) {
                Map<String, @Nullable Object> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.size(); i++) {
                    row.put(columns.get(i).name(), result.getObject(i + 1));
                }
                found.add(row);
            }
            return found;
        });
    }

    private interface Reading<T> {
        T read(int rows, ResultSet result) throws SQLException;
    }

    private <T> T query(Path file, List<Integer> positions, String limit, Reading<T> reading) {
        Path temporary = dataFolder.newTemporaryFolder();
        try {
            return duckDb.call(temporary, List.of(folder(file)), database -> {
                String names = positions.stream().map(i -> "c" + i).collect(Collectors.joining(", "));
                String source = " from read_parquet(" + DuckDb.literal(file) + ")";
                try (Statement statement = database.createStatement()) {
                    int rows;
                    try (ResultSet count = statement.executeQuery("select count(*)" + source)) {
                        count.next();
                        rows = Math.toIntExact(count.getLong(1));
                    }
                    try (ResultSet result = statement.executeQuery("select " + names + source + limit)) {
                        return reading.read(rows, result);
                    }
                }
            });
        } finally {
            dataFolder.delete(temporary);
        }
    }

    private void load(Connection database, RawTable raw) throws SQLException {
        String columns = IntStream.range(0, raw.columns().size())
                .mapToObj(i -> "'c" + i + "': 'VARCHAR'")
                .collect(Collectors.joining(", ", "{", "}"));
        execute(
                database,
                ("create table raw as select * from read_csv(%s, auto_detect=false, header=false, delim=',', quote='\"',"
                                + " escape='\"', new_line='\\n', nullstr='', allow_quoted_nulls=false,"
                                + " max_line_size=%d, buffer_size=%d, columns=%s)")
                        .formatted(DuckDb.literal(raw.file()), longestLine, 2 * longestLine, columns));
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

    private static String sqlType(ColumnType type) {
        return switch (type) {
            case NUMBER -> "double";
            case INTEGER -> "bigint";
            case BOOLEAN -> "boolean";
            case CATEGORY, TEXT -> "varchar";
        };
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file in a folder");
    }

    /** Gathers the values of one column. */
    private static final class ColumnReader {

        private final DatasetColumn column;
        private final int position;
        private final double[] numbers;
        private final @Nullable String[] texts;

        private ColumnReader(DatasetColumn column, int position, int rows) {
            this.column = column;
            this.position = position;
            this.numbers = new double[column.type().isNumeric() ? rows : 0];
            this.texts = new @Nullable String[column.type().isNumeric() ? 0 : rows];
        }

        private void read(ResultSet result, int row) throws SQLException {
            if (column.type().isNumeric()) {
                double value = result.getDouble(position);
                numbers[row] = result.wasNull() ? Double.NaN : value;
            } else if (column.type() == ColumnType.BOOLEAN) {
                boolean value = result.getBoolean(position);
                texts[row] = result.wasNull() ? null : String.valueOf(value);
            } else {
                texts[row] = result.getString(position);
            }
        }

        private ColumnData column() {
            return column.type().isNumeric() ? new Numbers(column.name(), numbers) : new Texts(column.name(), texts);
        }
    }
}
