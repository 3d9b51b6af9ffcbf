package io.twostep.dataset.store;

import io.twostep.dataset.ColumnProfile;
import io.twostep.dataset.ColumnProfile.Histogram;
import io.twostep.dataset.ColumnProfile.NumberProfile;
import io.twostep.dataset.ColumnProfile.Quantiles;
import io.twostep.dataset.ColumnProfile.ValueCount;
import io.twostep.dataset.DatasetColumn;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Asks the view {@code t} of a typed table, whose columns are {@code c0, c1 …}, for its figures. */
final class TableProfiler {

    private static final int BINS = 20;
    private static final int TOP = 10;

    /** Exact quantiles hold all values in memory. */
    private static final long EXACT_ROWS = 1_000_000;

    /** Values of a category that are told to belong to one class need as many rows on average. */
    private static final int ROWS_PER_VALUE = 5;

    private static final double PERFECT = 0.999;

    private final Connection database;
    private final List<DatasetColumn> columns;
    private final long rows;

    TableProfiler(Connection database, List<DatasetColumn> columns, long rows) {
        this.database = database;
        this.columns = columns;
        this.rows = rows;
    }

    ColumnProfile profile(int index) throws SQLException {
        DatasetColumn column = columns.get(index);
        boolean numeric = column.type().isNumeric();
        return new ColumnProfile(
                column.name(),
                column.type(),
                column.missing(),
                column.distinct(),
                numeric && column.missing() < rows ? numbers("c" + index) : null,
                numeric ? List.of() : top(index, TOP));
    }

    /** The most frequent values, the first in order where several are as frequent. */
    List<ValueCount> top(int index, int limit) throws SQLException {
        String sql = ("select cast(c%1$d as varchar) as v, count(*) as n from t where c%1$d is not null"
                        + " group by v order by n desc, v limit %2$d")
                .formatted(index, limit);
        List<ValueCount> top = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                top.add(new ValueCount(row.getString(1), row.getLong(2)));
            }
        }
        return top;
    }

    /** By a hash of all columns: 64 bits, so that among a million rows none is taken for another's double. */
    long duplicateRows() throws SQLException {
        String all = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        double[] distinct = numbers("select count(*) from (select distinct hash(" + all + ") from t)", 1);
        return rows - (long) distinct[0];
    }

    /** Whether a column tells the target: without a fault where that is a class, else nearly in proportion. */
    boolean tells(int index, int target) throws SQLException {
        DatasetColumn column = columns.get(index);
        if (column.distinct() < 2 || columns.get(target).distinct() < 2) {
            return false;
        }
        boolean numbers = column.type().isNumeric();
        if (columns.get(target).type().isNumeric() && numbers) {
            return Math.abs(correlation(index, target)) > PERFECT || separates(index, target);
        }
        return (repeats(column) && hasOneClassEach(index, target)) || (numbers && separates(index, target));
    }

    private boolean repeats(DatasetColumn column) {
        return column.distinct() <= (rows - column.missing()) / ROWS_PER_VALUE;
    }

    private double correlation(int index, int target) throws SQLException {
        String scaled = "select corr(cast(c%1$d as double) / %3$s, cast(c%2$d as double) / %4$s) from t";
        return numbers(scaled.formatted(index, target, largest("c" + index), largest("c" + target)), 1)[0];
    }

    /** Whether each value of a column goes with one value of the target. */
    private boolean hasOneClassEach(int index, int target) throws SQLException {
        String sql = ("select count(*) from (select c%1$d from t where c%1$d is not null and c%2$d is not null"
                        + " group by c%1$d having min(c%2$d) <> max(c%2$d))")
                .formatted(index, target);
        return numbers(sql, 1)[0] == 0;
    }

    /** Whether the numbers of the classes do not overlap, each class having some rows. */
    private boolean separates(int index, int target) throws SQLException {
        if (!repeats(columns.get(target))) {
            return false;
        }
        String sql =
                ("select count(*) from (select min(c%1$d) as low, lag(max(c%1$d)) over (order by min(c%1$d), max(c%1$d))"
                                + " as before from t where c%1$d is not null and c%2$d is not null group by c%2$d)"
                                + " where before >= low")
                        .formatted(index, target);
        return numbers(sql, 1)[0] == 0;
    }

    /** Sums are made of numbers divided by a power of two, which is exact, so that they are below 2 and cannot overflow. */
    private NumberProfile numbers(String c) throws SQLException {
        double[] ends = numbers("select min(%1$s), max(%1$s) from t".formatted(c), 2);
        double unit = largest(ends);
        String scaled = "cast(%s as double) / %s".formatted(c, unit);
        double[] moments = numbers("select avg(%1$s), stddev_pop(%1$s) from t".formatted(scaled), 2);
        double mean = Math.max(ends[0], Math.min(ends[1], moments[0] * unit));
        return new NumberProfile(
                ends[0], mean, ends[1], moments[1] * unit, quantiles(c), histogram(scaled, ends, unit));
    }

    private double largest(String c) throws SQLException {
        return largest(numbers("select min(%1$s), max(%1$s) from t".formatted(c), 2));
    }

    private static double largest(double[] ends) {
        double largest = Math.max(Math.abs(ends[0]), Math.abs(ends[1]));
        return Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest)));
    }

    private Quantiles quantiles(String c) throws SQLException {
        String function = rows <= EXACT_ROWS ? "quantile_cont" : "approx_quantile";
        String sql =
                "select unnest(%s(cast(%s as double), [0.05, 0.25, 0.5, 0.75, 0.95])) from t".formatted(function, c);
        double[] found = new double[5];
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            for (int i = 0; i < found.length && row.next(); i++) {
                found[i] = row.getDouble(1);
            }
        }
        return new Quantiles(found[0], found[1], found[2], found[3], found[4]);
    }

    private Histogram histogram(String scaled, double[] ends, double unit) throws SQLException {
        double low = ends[0] / unit;
        double width = (ends[1] / unit - low) / BINS;
        if (!(width > 0)) {
            return new Histogram(List.of(ends[0], ends[1]), List.of(rowsWith(scaled)));
        }
        long[] counts = new long[BINS];
        String sql = ("select least(%d, greatest(0, cast(floor((%s - %s) / %s) as integer))) as bin, count(*) from t"
                        + " where %s is not null group by bin")
                .formatted(BINS - 1, scaled, low, width, scaled);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                counts[row.getInt(1)] = row.getLong(2);
            }
        }
        List<Double> edges = IntStream.rangeClosed(0, BINS)
                .mapToObj(i -> i == BINS ? ends[1] : (low + i * width) * unit)
                .toList();
        return new Histogram(edges, LongStream.of(counts).boxed().toList());
    }

    private long rowsWith(String c) throws SQLException {
        return (long) numbers("select count(%s) from t".formatted(c), 1)[0];
    }

    private double[] numbers(String sql, int count) throws SQLException {
        double[] numbers = new double[count];
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            for (int i = 0; i < count; i++) {
                numbers[i] = row.getDouble(i + 1);
            }
        }
        return numbers;
    }
}
