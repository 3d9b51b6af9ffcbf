package io.twostep.dataset.store;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.RawTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.dataset.SaidType;
import io.twostep.dataset.StrayText;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.DateOrders;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at all values of the raw columns, {@code c0, c1 …} of the view {@code raw} of a Parquet file, to find their types.
 */
final class ColumnProfiler {

    private static final String INFINITE = "('inf', '+inf', '-inf', 'infinity', '+infinity', '-infinity')";
    private static final long EXACT_INTEGERS = 1L << 53;

    /** Text of which fewer values repeat than this share is no category. */
    private static final double MOSTLY_DISTINCT = 0.5;

    private static final int FEW_VALUES = 20;

    private static final int COLUMNS_AT_ONCE = 100;

    private static final String ALL = "raw";
    private static final String SOME = "some_columns";

    /** Enough of them to see that a column holds no dates. */
    private static final int FIRST_VALUES = 100;

    private final Connection database;
    private final RawTable raw;
    private final Map<Integer, StrayText> strays;

    /** The view or table that has the columns which are looked at. */
    private String source = ALL;

    /** @param strays what was left out of the columns of which something is said, by their places */
    ColumnProfiler(Connection database, RawTable raw, Map<Integer, StrayText> strays) {
        this.database = database;
        this.raw = raw;
        this.strays = strays;
    }

    List<DatasetColumn> profile() throws SQLException {
        List<DatasetColumn> columns = new ArrayList<>();
        for (int from = 0; from < raw.columns().size(); from += COLUMNS_AT_ONCE) {
            int to = Math.min(from + COLUMNS_AT_ONCE, raw.columns().size());
            if (raw.columns().size() > COLUMNS_AT_ONCE) {
                copy(from, to);
            }
            columns.addAll(profile(from, to));
        }
        return columns;
    }

    /** So that not each of the queries about a column of a wide table has to learn the names of all of them. */
    private void copy(int from, int to) throws SQLException {
        String names = IntStream.range(from, to).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        try (Statement statement = database.createStatement()) {
            statement.execute(
                    "create or replace table %s as select file_row_number, %s from %s".formatted(SOME, names, ALL));
        }
        source = SOME;
    }

    private List<DatasetColumn> profile(int from, int to) throws SQLException {
        String counts = IntStream.range(from, to).mapToObj(this::counts).collect(Collectors.joining(", "));
        String values = IntStream.range(from, to).mapToObj(this::values).collect(Collectors.joining(", "));
        List<DatasetColumn> columns = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(
                        "select %s from (select %s from %s)".formatted(counts, values, source))) {
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
        String sql =
                "select count(*) from (select distinct %1$s from %2$s where %1$s is not null)".formatted(c, source);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A column with what several of its counts ask for: the regular expression is most of the work. */
    private String values(int column) {
        NumberText text = text(column);
        return "%1$s, %2$s as %1$s_is_number, %3$s as %1$s_value".formatted(text.c(), text.isNumber(), text.value());
    }

    /** Integers are numbers without mark and exponent. */
    private String counts(int column) {
        return ("count(%1$s), count(*) filter (where %1$s_is_number),"
                        + " count(*) filter (where %1$s_is_number and not contains(%1$s, '%2$s')"
                        + " and not contains(lower(%1$s), 'e') and try_cast(%1$s as bigint) between -%3$d and %3$d),"
                        + " count(*) filter (where lower(%1$s) in ('true', 'false')),"
                        + " count(*) filter (where %1$s_is_number and not coalesce(isfinite(%1$s_value), false)"
                        + " or lower(%1$s) in %4$s)")
                .formatted("c" + column, text(column).mark(), EXACT_INTEGERS, INFINITE);
    }

    private NumberText text(int column) {
        return NumberText.of(column, raw.columns().get(column));
    }

    private DatasetColumn column(int index, Counts counts) throws SQLException {
        Column column = raw.columns().get(index);
        long missing = raw.rows() - counts.present;
        if (column.said() != null) {
            return said(column.name(), column.said(), missing, counts.distinct, strays.get(index));
        }
        ColumnType type = type(column.kind(), counts);
        if (type.isNumeric() && counts.infinite > 0) {
            throw notFinite(index, column.name());
        }
        return isText(type)
                ? text(index, type, missing, counts)
                : new DatasetColumn(column.name(), type, missing, counts.distinct);
    }

    private static DatasetColumn said(
            String name, SaidType said, long missing, long distinct, @Nullable StrayText stray) {
        return new DatasetColumn(name, said.type(), missing, distinct, said.dateOrder(), null, stray);
    }

    private DatasetColumn text(int index, ColumnType type, long missing, Counts counts) throws SQLException {
        Column column = raw.columns().get(index);
        DateOrders dates = dates("c" + index, 2 * counts.distinct < counts.present);
        StrayText stray = column.kind() == Kind.UNKNOWN && counts.areMostlyNumbers() ? strayText(index, counts) : null;
        return new DatasetColumn(
                column.name(),
                dates.found().isPresent() ? ColumnType.DATE : type,
                missing,
                counts.distinct,
                dates.found().orElse(null),
                dates.areAmbiguous() ? true : null,
                stray);
    }

    /**
     * What dates there may be, found by looking at the values in the order of the rows. Most columns are told apart by
     * their first values; to read a date is slow, so that those that repeat are read once.
     */
    private DateOrders dates(String c, boolean repeat) throws SQLException {
        String all = "select %1$s from %2$s where %1$s is not null".formatted(c, source);
        DateOrders first = dates(all + " limit " + FIRST_VALUES);
        if (first.areNone()) {
            return first;
        }
        return dates(repeat ? all + " group by %s order by min(file_row_number)".formatted(c) : all);
    }

    private DateOrders dates(String select) throws SQLException {
        DateOrders orders = new DateOrders();
        try (Statement statement = database.createStatement();
                ResultSet values = statement.executeQuery(select)) {
            while (values.next() && !orders.areNone()) {
                orders.add(values.getString(1));
            }
        }
        return orders;
    }

    private static boolean isText(ColumnType type) {
        return type == ColumnType.CATEGORY || type == ColumnType.TEXT;
    }

    private StrayText strayText(int index, Counts counts) throws SQLException {
        Strays strays = new Strays(source, "c" + index, "not " + text(index).isNumber());
        return new StrayText(counts.present - counts.numbers, counts.numbers, strays.examples(database));
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
                "select file_row_number, %s from %s where not coalesce(isfinite(%s), false) and %1$s is not null order by file_row_number limit 1"
                        .formatted(c, source, text(index).value());
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

        boolean areMostlyNumbers() {
            return 2 * numbers > present;
        }

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
