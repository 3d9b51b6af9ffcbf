package io.twostep.dataset.store;

import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.DatasetProperties;
import io.twostep.dataset.Inferred;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A Parquet file that somebody else has made, as text: numbers, booleans, strings and dates, nothing nested. */
final class ParquetUpload {

    private static final Set<String> NUMBERS = Set.of(
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL");

    /** Also all that begin with these and have something behind. */
    private static final List<String> TEXTS = List.of("VARCHAR", "DATE", "TIME");

    private static final int MOST_PROBLEMS = 20;

    /** What any file may unpack to: few bytes can stand for many rows that are the same. */
    private static final long ALLOWANCE = 1 << 26;

    /** What {@link String#strip()} takes off. */
    private static final String BLANKS = IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(Character::isWhitespace)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());

    private final Connection database;
    private final Path file;
    private final DatasetProperties bounds;

    ParquetUpload(Connection database, Path file, DatasetProperties bounds) {
        this.database = database;
        this.file = file;
        this.bounds = bounds;
    }

    /** What {@link io.twostep.dataset.TableFiles#readParquet} promises. */
    RawTable describe() throws SQLException {
        try {
            List<String> names = flatNames();
            List<String> types = types();
            requireSize(names.size(), rows());
            List<Column> columns = columns(names, types);
            Inferred inferred = new Inferred(
                    DatasetFormat.PARQUET, "utf-8", null, null, null, null, null, List.of(), List.of(), List.of());
            return new RawTable(file, rows(), columns, inferred);
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /**
     * Writes the columns as text called {@code c0, c1 …}.
     *
     * @param options of the copy
     */
    void copy(RawTable raw, Path to, String options) throws SQLException {
        try {
            List<String> types = types();
            requireText(raw);
            String texts = IntStream.range(0, types.size())
                    .mapToObj(i -> text("c" + i, types.get(i)) + " as c" + i)
                    .collect(Collectors.joining(", "));
            try (Statement statement = database.createStatement()) {
                statement.execute("copy (select %s from %s) to %s (%s)"
                        .formatted(texts, source(types.size()), DuckDb.literal(to), options));
            }
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** Not from {@code describe}, which tells names that differ in case only apart by changing them. */
    private List<String> flatNames() throws SQLException {
        List<String> names = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        String sql = "select name, num_children from parquet_schema(" + DuckDb.literal(file) + ")";
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next(); // the table itself
            int within = 0; // what follows is part of the column before
            while (rows.next()) {
                int parts = rows.getInt(2);
                if (within > 0) {
                    within += parts - 1;
                    continue;
                }
                String name = String.valueOf(rows.getString(1)).strip();
                names.add(name);
                within = parts;
                if (parts > 0 && problems.size() < MOST_PROBLEMS) {
                    problems.add(problem(name, "holds values inside of values"));
                }
            }
        }
        throwIfAny(problems);
        return names;
    }

    private List<String> types() throws SQLException {
        List<String> types = new ArrayList<>();
        String sql = "select column_type from (describe select * from read_parquet(" + DuckDb.literal(file) + "))";
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                types.add(rows.getString(1));
            }
        }
        return types;
    }

    private long rows() throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery("select count(*) from read_parquet(" + DuckDb.literal(file) + ")")) {
            row.next();
            return row.getLong(1);
        }
    }

    private void requireSize(int columns, long rows) {
        if (rows == 0 || columns == 0) {
            throw new ServiceException(ErrorCode.DATASET_EMPTY, "The Parquet file has no row.");
        }
        if (columns > bounds.maxColumns()) {
            throw tooLarge(bounds.maxColumns() + " columns");
        }
        if (rows > bounds.maxRows()) {
            throw tooLarge(bounds.maxRows() + " rows");
        }
        if (rows > bounds.maxCells() / columns) {
            throw tooLarge(bounds.maxCells() + " values");
        }
    }

    private static ServiceException tooLarge(String most) {
        return new ServiceException(ErrorCode.DATASET_TOO_LARGE, "A table may have at most " + most + ".");
    }

    private static List<Column> columns(List<String> names, List<String> types) throws SQLException {
        if (names.size() != types.size()) {
            throw new SQLException("the schema does not agree with the columns");
        }
        List<Column> columns = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Kind kind = kind(types.get(i));
            if (kind != null) {
                columns.add(new Column(names.get(i), kind));
            } else if (problems.size() < MOST_PROBLEMS) {
                problems.add(problem(
                        names.get(i),
                        "is of the type " + Excerpt.of(types.get(i))
                                + "; numbers, booleans, strings and dates are read"));
            }
        }
        throwIfAny(problems);
        return columns;
    }

    private static @Nullable Kind kind(String type) {
        String plain = type.replaceFirst("\\(.*", "");
        if (type.endsWith("]")) {
            return null;
        }
        if (plain.equals("BOOLEAN")) {
            return Kind.BOOLEAN;
        }
        if (NUMBERS.contains(plain)) {
            return Kind.NUMBER;
        }
        return TEXTS.stream().anyMatch(plain::startsWith) ? Kind.TEXT : null;
    }

    /** As other formats have it: no blanks around a text, {@code true} and {@code false} in small letters. */
    private static String text(String c, String type) {
        String text = "cast(%s as varchar)".formatted(c);
        if (type.equals("FLOAT") || type.equals("DOUBLE")) {
            return "case when isnan(%s) then null else %s end".formatted(c, text);
        }
        String stripped = "trim(%s, %s)".formatted(text, DuckDb.literal(BLANKS));
        return type.equals("VARCHAR")
                ? "case when lower(%1$s) in ('true', 'false') then lower(%1$s) else %1$s end".formatted(stripped)
                : text;
    }

    private void requireText(RawTable raw) throws SQLException {
        List<String> texts = IntStream.range(0, raw.columns().size())
                .filter(i -> raw.columns().get(i).kind() == Kind.TEXT)
                .mapToObj(i -> "cast(c%d as varchar)".formatted(i))
                .toList();
        if (texts.isEmpty()) {
            return;
        }
        requireLengths(texts, raw.columns().size());
        String nul = texts.stream()
                .map(text -> "coalesce(contains(%s, chr(0)), false)".formatted(text))
                .collect(Collectors.joining(" or "));
        String sql =
                "select bool_or(%s) from %s".formatted(nul, source(raw.columns().size()));
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getBoolean(1)) {
                throw new ServiceException(ErrorCode.DATASET_SHAPE, "A string holds a NUL character.");
            }
        }
    }

    /** Before anything else looks at the texts: their lengths are known without a look at their characters. */
    private void requireLengths(List<String> texts, int columns) throws SQLException {
        String together = texts.stream()
                .map(text -> "coalesce(strlen(%s), 0)".formatted(text))
                .collect(Collectors.joining(" + "));
        String sql = "select max(%1$s), sum(%1$s) from %2$s".formatted(together, source(columns));
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getLong(1) > bounds.maxLine().toBytes()) {
                throw tooLarge(bounds.maxLine().toBytes() + " characters in a row");
            }
            requireTotal(row.getDouble(2));
        }
    }

    private void requireTotal(double bytes) {
        if (bytes > bounds.maxBytes().toBytes()) {
            throw unpacksTo("more than " + bounds.maxBytes().toBytes() + " bytes");
        }
        if (bytes > ALLOWANCE + (double) size() * bounds.maxRatio()) {
            throw unpacksTo("more than " + bounds.maxRatio() + " times its size");
        }
    }

    private long size() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private static ServiceException unpacksTo(String most) {
        return new ServiceException(
                ErrorCode.PAYLOAD_TOO_LARGE, "The strings of the Parquet file unpack to " + most + ".");
    }

    private String source(int columns) {
        String names = IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return "read_parquet(%s) as t(%s)".formatted(DuckDb.literal(file), names);
    }

    private static Problem problem(String column, String detail) {
        return new Problem("", "column " + Excerpt.quoted(column) + " " + detail);
    }

    private static void throwIfAny(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.DATASET_SHAPE, problems);
        }
    }

    /** What goes wrong here lies in the file, unless there is no room. */
    private static ServiceException refusal(SQLException e) {
        ServiceException failure = DuckDb.failure(e);
        if (failure.code() != ErrorCode.STORAGE_UNAVAILABLE) {
            return failure;
        }
        ServiceException refusal = new ServiceException(
                ErrorCode.MALFORMED_PARQUET, "The file is damaged, was cut short, or uses something that is not read.");
        refusal.initCause(e);
        return refusal;
    }
}
