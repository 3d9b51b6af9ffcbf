package io.twostep.dataset.store;

import io.twostep.dataset.ColumnProfile;
import io.twostep.dataset.ColumnProfile.ValueCount;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.TableQuestions;
import io.twostep.storage.DataFolder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Questions that DuckDB answers from a Parquet file. */
final class ParquetQuestions implements TableQuestions {

    private interface Question<T> {
        T answer() throws SQLException;
    }

    private final Connection database;
    private final DataFolder dataFolder;
    private final Path temporary;
    private final TableProfiler profiler;

    /**
     * @param database may read the file; closed with this
     * @param temporary what the database writes; deleted with this
     */
    ParquetQuestions(
            Connection database,
            DataFolder dataFolder,
            Path temporary,
            Path file,
            List<DatasetColumn> columns,
            long rows)
            throws SQLException {
        this.database = database;
        this.dataFolder = dataFolder;
        this.temporary = temporary;
        this.profiler = new TableProfiler(database, columns, rows);
        try (Statement statement = database.createStatement()) {
            statement.execute("create view t as select * from read_parquet(" + DuckDb.literal(file) + ")");
        }
    }

    @Override
    public ColumnProfile profile(int column) {
        return ask(() -> profiler.profile(column));
    }

    @Override
    public List<ValueCount> top(int column, int limit) {
        return ask(() -> profiler.top(column, limit));
    }

    @Override
    public long duplicateRows() {
        return ask(profiler::duplicateRows);
    }

    @Override
    public boolean tells(int column, int target) {
        return ask(() -> profiler.tells(column, target));
    }

    @Override
    public void close() {
        try {
            database.close();
        } catch (SQLException e) {
            throw DuckDb.failure(e);
        } finally {
            dataFolder.delete(temporary);
        }
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw DuckDb.failure(e);
        }
    }
}
