package io.twostep.dataset.store;

import io.twostep.dataset.ColumnProfile;
import io.twostep.dataset.ColumnProfile.Histogram;
import io.twostep.dataset.ColumnProfile.NumberProfile;
import io.twostep.dataset.ColumnProfile.Quantiles;
import io.twostep.dataset.ColumnProfile.ValueCount;
import io.twostep.dataset.ColumnType;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.TableStatistics;
import io.twostep.storage.DataFolder;
import io.twostep.storage.StorageException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Figures that DuckDB finds in a Parquet file, whose columns are {@code c0, c1 …}. */
final class ParquetStatistics implements TableStatistics {

    private static final Logger log = LoggerFactory.getLogger(ParquetStatistics.class);

    private static final int BINS = 20;
    private static final int TOP = 10;
    private static final int SHOWN_CHARACTERS = 256;

    /** Whole numbers of which there are few are shown as categories are, too. */
    private static final int FEW_NUMBERS = 20;

    /** Exact quantiles and ranks hold all values in memory. */
    private static final long EXACT_ROWS = 1_000_000;

    /** A column's value has to stand in so many rows on average before it can tell something. */
    private static final int ROWS_PER_VALUE = 5;

    private static final int FEWEST_PAIRS = 20;

    private final Connection database;
    private final DataFolder dataFolder;
    private final Path temporary;
    private final String file;
    private final List<DatasetColumn> columns;
    private final long rows;

    private interface Question<T> {
        T answer() throws SQLException;
    }

    /**
     * @param database may read the file; closed with this
     * @param temporary what the database writes; deleted with this
     */
    ParquetStatistics(
            Connection database,
            DataFolder dataFolder,
            Path temporary,
            Path file,
            List<DatasetColumn> columns,
            long rows) {
        this.database = database;
        this.dataFolder = dataFolder;
        this.temporary = temporary;
        this.file = "read_parquet(" + DuckDb.literal(file) + ")";
        this.columns = columns;
        this.rows = rows;
    }

    @Override
    public List<ColumnProfile> profiles(List<Integer> wanted) {
        return ask(() -> {
            List<Integer> numeric = wanted.stream()
                    .filter(i -> isNumeric(i) && columns.get(i).missing() < rows)
                    .toList();
            List<NumberProfile> numbers = numeric.isEmpty() ? List.of() : numbers(numeric);
            List<ColumnProfile> profiles = new ArrayList<>();
            for (int i : wanted) {
                DatasetColumn column = columns.get(i);
                int place = numeric.indexOf(i);
                boolean shown = column.type() != ColumnType.NUMBER
                        && (column.type() != ColumnType.INTEGER || column.distinct() <= FEW_NUMBERS);
                profiles.add(new ColumnProfile(
                        column.name(),
                        column.type(),
                        rows - column.missing(),
                        column.missing(),
                        column.distinct(),
                        place < 0 ? null : numbers.get(place),
                        shown ? values(i, "n desc", TOP) : List.of()));
            }
            return profiles;
        });
    }

    @Override
    public ValueCount rarest(int column) {
        return ask(() -> values(column, "n", 1).get(0));
    }

    /** By a hash of all columns: 64 bits, so that among a million rows none is taken for another's double. */
    @Override
    public long duplicateRows() {
        String all = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
        return ask(() -> rows
                - (long) figures("select count(*) from (select distinct hash(%s) from %s)".formatted(all, file), 1)[0]);
    }

    @Override
    public double tells(int column, int target, boolean classes) {
        return ask(() -> {
            if (!classes) {
                return isNumeric(column) ? Math.abs(rankCorrelation(column, target)) : 0;
            }
            DatasetColumn values = columns.get(column);
            boolean repeats = values.distinct() + 1 <= rows / ROWS_PER_VALUE;
            double guessed = repeats ? guessed(column, target) : 0;
            return isNumeric(column) && separates(column, target) ? 1 : guessed;
        });
    }

    /** Never spoils what was found; a folder that will not go is emptied at the next start. */
    @Override
    public void close() {
        try {
            database.close();
            dataFolder.delete(temporary);
        } catch (SQLException | StorageException e) {
            log.warn("What a table was looked at with could not be closed or deleted", e);
        }
    }

    private boolean isNumeric(int column) {
        return columns.get(column).type().isNumeric();
    }

    private List<ValueCount> values(int column, String order, int limit) throws SQLException {
        String sql = ("select left(cast(v as varchar), %d), n from"
                        + " (select c%2$d as v, count(*) as n from %3$s where c%2$d is not null group by v"
                        + " order by %4$s, v limit %5$d)")
                .formatted(SHOWN_CHARACTERS, column, file, order, limit);
        List<ValueCount> found = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(new ValueCount(row.getString(1), row.getLong(2)));
            }
        }
        return found;
    }

    /** Sums are made of numbers divided by a power of two, which is exact, so that they are below 2 and cannot overflow. */
    private List<NumberProfile> numbers(List<Integer> wanted) throws SQLException {
        double[] ends =
                figures("select " + joined(wanted, "min(c%1$d), max(c%1$d)") + " from " + file, 2 * wanted.size());
        StringBuilder sql = new StringBuilder("select ");
        String quantile = rows <= EXACT_ROWS ? "quantile_cont" : "approx_quantile";
        for (int i = 0; i < wanted.size(); i++) {
            String scaled = "cast(c%d as double) / %s".formatted(wanted.get(i), unit(ends, i));
            sql.append(i == 0 ? "" : ", ")
                    .append("avg(%1$s), stddev_pop(%1$s), coalesce(kurtosis_pop(%1$s), 0)".formatted(scaled));
            for (String share : List.of("0.05", "0.25", "0.5", "0.75", "0.95")) {
                sql.append(", %s(%s, %s)".formatted(quantile, scaled, share));
            }
        }
        double[] found = figures(sql + " from " + file, 8 * wanted.size());
        List<NumberProfile> numbers = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            numbers.add(number(wanted.get(i), ends[2 * i], ends[2 * i + 1], unit(ends, i), found, 8 * i));
        }
        return numbers;
    }

    private NumberProfile number(int column, double min, double max, double unit, double[] found, int at)
            throws SQLException {
        return new NumberProfile(
                min,
                Math.max(min, Math.min(max, found[at] * unit)),
                max,
                found[at + 1] * unit,
                Double.isFinite(found[at + 2]) ? found[at + 2] : 0,
                new Quantiles(
                        found[at + 3] * unit,
                        found[at + 4] * unit,
                        found[at + 5] * unit,
                        found[at + 6] * unit,
                        found[at + 7] * unit),
                histogram(column, min, max, unit));
    }

    private static double unit(double[] ends, int index) {
        double largest = Math.max(Math.abs(ends[2 * index]), Math.abs(ends[2 * index + 1]));
        return Math.scalb(1.0, Math.max(Double.MIN_EXPONENT, Math.getExponent(largest)));
    }

    private Histogram histogram(int column, double min, double max, double unit) throws SQLException {
        String scaled = "cast(c%d as double) / %s".formatted(column, unit);
        double low = min / unit;
        double width = (max / unit - low) / BINS;
        if (!(width > 0)) {
            return new Histogram(
                    List.of(min, max), List.of(rows - columns.get(column).missing()));
        }
        long[] counts = new long[BINS];
        String sql = ("select least(%d, greatest(0, cast(floor((%s - %s) / %s) as integer))) as bin, count(*) from %s"
                        + " where c%d is not null group by bin")
                .formatted(BINS - 1, scaled, low, width, file, column);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                counts[row.getInt(1)] = row.getLong(2);
            }
        }
        List<Double> edges = IntStream.rangeClosed(0, BINS)
                .mapToObj(i -> i == BINS ? max : (low + i * width) * unit)
                .toList();
        return new Histogram(edges, LongStream.of(counts).boxed().toList());
    }

    /** By how much wrong guesses become fewer. */
    private double guessed(int column, int target) throws SQLException {
        String pairs = "select c%d as v, c%d as t, count(*) as n from %s where t is not null group by v, t"
                .formatted(column, target, file);
        double[] found = figures(
                ("with pairs as (%s) select (select coalesce(sum(n), 0) from pairs),"
                                + " (select coalesce(sum(m), 0) from (select max(n) as m from pairs group by v)),"
                                + " (select coalesce(max(m), 0) from (select sum(n) as m from pairs group by t))")
                        .formatted(pairs),
                3);
        double wrongBefore = found[0] - found[2];
        double wrongAfter = found[0] - found[1];
        return found[0] < FEWEST_PAIRS || wrongBefore < 2 ? 0 : 1 - wrongAfter / wrongBefore;
    }

    /** Whether the numbers of the classes do not overlap, there being several numbers of each of several classes. */
    private boolean separates(int column, int target) throws SQLException {
        String ranges = ("select c%2$d as t, min(c%1$d) as low, max(c%1$d) as high, count(*) as n from %3$s"
                        + " where c%1$d is not null and c%2$d is not null group by t")
                .formatted(column, target, file);
        double[] found = figures(
                ("with ranges as (%s) select count(*), coalesce(min(n), 0), coalesce(sum(n), 0),"
                                + " count(*) filter (where before >= low)"
                                + " from (select *, lag(high) over (order by low, high) as before from ranges)")
                        .formatted(ranges),
                4);
        boolean enough = found[0] > 1 && found[1] >= 2 && found[2] >= Math.max(FEWEST_PAIRS, rows / 2.0);
        return enough && found[3] == 0;
    }

    /** Spearman's; of a large table by a sample. */
    private double rankCorrelation(int column, int target) throws SQLException {
        String sample = rows <= EXACT_ROWS ? "" : " using sample reservoir(" + EXACT_ROWS + " rows) repeatable (1)";
        String pairs = "select c%d as x, c%d as y from %s where x is not null and y is not null%s"
                .formatted(column, target, file, sample);
        double[] found = figures(
                ("select count(*), coalesce(corr(a, b), 0) from (select cast(rank() over (order by x) as double) as a,"
                                + " cast(rank() over (order by y) as double) as b from (%s))")
                        .formatted(pairs),
                2);
        return found[0] < FEWEST_PAIRS || !Double.isFinite(found[1]) ? 0 : found[1];
    }

    private static String joined(List<Integer> wanted, String form) {
        return wanted.stream().map(form::formatted).collect(Collectors.joining(", "));
    }

    private double[] figures(String sql, int count) throws SQLException {
        double[] figures = new double[count];
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            for (int i = 0; i < count; i++) {
                figures[i] = row.getDouble(i + 1);
            }
        }
        return figures;
    }

    private static <T> T ask(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            throw DuckDb.failure(e);
        }
    }
}
