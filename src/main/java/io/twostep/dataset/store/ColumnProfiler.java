package io.twostep.dataset.store;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at all values of the raw columns, {@code c0, c1 …} of the view {@code raw} of a Parquet file, to find their types.
 */
final class ColumnProfiler {

    /** Decimal notation as {@link io.twostep.features.TextValue} reads it. */
    private static final String NUMBER = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?";

    private static final String INTEGER = "[+-]?[0-9]+";
    private static final String INFINITE = "[+-]?inf(inity)?";
    private static final long EXACT_INTEGERS = 1L << 53;

    /** Text of which fewer values repeat than this share is no category. */
    private static final double MOSTLY_DISTINCT = 0.5;

    private static final int FEW_VALUES = 20;

    private static final int COLUMNS_AT_ONCE = 100;

    private final Connection database;
    private final RawTable raw;

    ColumnProfiler(Connection database, RawTable raw) {
        this.database = database;
        this.raw = raw;
    }

    List<DatasetColumn> profile() throws SQLException {
        List<DatasetColumn> columns = new ArrayList<>();
        for (int from = 0; from < raw.columns().size(); from += COLUMNS_AT_ONCE) {
            int to = Math.min(from + COLUMNS_AT_ONCE, raw.columns().size());
            columns.addAll(profile(from, to));
        }
        return columns;
    }

    private List<DatasetColumn> profile(int from, int to) throws SQLException {
        StringBuilder sql = new StringBuilder("select ");
        for (int i = from; i < to; i++) {
            sql.append(i == from ? "" : ", ").append(aggregates("c" + i));
        }
        List<DatasetColumn> columns = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql + " from raw")) {
            row.next();
            for (int i = from; i < to; i++) {
                columns.add(column(i, Counts.of(row, 1 + (i - from) * Counts.WIDTH, distinct("c" + i))));
            }
        }
        return columns;
    }

    /**
     * A query of its own for each column: as a subquery its values are counted on all threads and may go to the disk,
     * which {@code count(distinct)} beside other aggregates does not do; for wide tables that is also the faster way.
     */
    private long distinct(String c) throws SQLException {
        String sql = "select count(*) from (select distinct %1$s from raw where %1$s is not null)".formatted(c);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static String aggregates(String c) {
        String number = "regexp_full_match(%s, '%s')".formatted(c, NUMBER);
        String value = "try_cast(%s as double)".formatted(c);
        return String.join(
                ", ",
                "count(%s)".formatted(c),
                "count(*) filter (where %s)".formatted(number),
                ("count(*) filter (where regexp_full_match(%1$s, '%2$s')"
                                + " and try_cast(%1$s as bigint) between -%3$d and %3$d)")
                        .formatted(c, INTEGER, EXACT_INTEGERS),
                "count(*) filter (where lower(%s) in ('true', 'false'))".formatted(c),
                "count(*) filter (where %s and not coalesce(isfinite(%s), false)".formatted(number, value)
                        + " or regexp_full_match(lower(%s), '%s'))".formatted(c, INFINITE));
    }

    private DatasetColumn column(int index, Counts counts) throws SQLException {
        Column column = raw.columns().get(index);
        ColumnType type = type(column.kind(), counts);
        if (type.isNumeric() && counts.infinite > 0) {
            throw notFinite(index, column.name());
        }
        return new DatasetColumn(column.name(), type, raw.rows() - counts.present, counts.distinct);
    }

    private ColumnType type(RawTable.Kind kind, Counts counts) {
        return switch (kind) {
            case NUMBER -> numeric(counts);
            case BOOLEAN -> ColumnType.BOOLEAN;
            case TEXT -> text(counts);
            case UNKNOWN -> inferred(counts);
        };
    }

    private ColumnType inferred(Counts counts) {
        boolean numbers = counts.numbers > 0 && counts.present <= counts.numbers + counts.infinite;
        if (numbers) {
            return numeric(counts);
        }
        return counts.present > 0 && counts.booleans == counts.present ? ColumnType.BOOLEAN : text(counts);
    }

    private static ColumnType numeric(Counts counts) {
        return counts.integers == counts.present ? ColumnType.INTEGER : ColumnType.NUMBER;
    }

    private static ColumnType text(Counts counts) {
        boolean repeats = counts.distinct <= FEW_VALUES || counts.distinct < MOSTLY_DISTINCT * counts.present;
        return repeats ? ColumnType.CATEGORY : ColumnType.TEXT;
    }

    private ServiceException notFinite(int index, String name) throws SQLException {
        String c = "c" + index;
        String find =
                "select file_row_number, %s from raw where not coalesce(isfinite(try_cast(%s as double)), false) and %s is not null order by file_row_number limit 1"
                        .formatted(c, c, c);
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(find)) {
            found.next();
            return new ServiceException(
                    ErrorCode.NON_FINITE_NUMBER,
                    List.of(new Problem(
                            "",
                            "column " + Excerpt.quoted(name) + ", row " + (found.getLong(1) + 1)
                                    + ": must be a finite number but was " + Excerpt.quoted(found.getString(2)))));
        }
    }

    private record Counts(long present, long distinct, long numbers, long integers, long booleans, long infinite) {

        static final int WIDTH = 5;

        static Counts of(ResultSet row, int first, long distinct) throws SQLException {
            return new Counts(
                    row.getLong(first),
                    distinct,
                    row.getLong(first + 1),
                    row.getLong(first + 2),
                    row.getLong(first + 3),
                    row.getLong(first + 4));
        }
    }
}
