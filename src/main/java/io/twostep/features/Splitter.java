package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Divides rows by a {@link SplitRule}: a pure function of its arguments, the same on every machine.
 *
 * @param validation share of the rows
 * @param test share of the rows
 */
public record Splitter(SplitRule rule, double validation, double test, long seed) {

    /** What an explicit column may say, in any case. */
    private static final Map<String, Part> PARTS = Map.of(
            "train", Part.TRAINING,
            "training", Part.TRAINING,
            "validation", Part.VALIDATION,
            "valid", Part.VALIDATION,
            "val", Part.VALIDATION,
            "test", Part.TEST);

    /** ISO 8601 from the year to the fraction of a second, in one zone. */
    private static final Pattern TIME =
            Pattern.compile("\\d{4}(-\\d{2}(-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2}([.]\\d{1,9})?)?Z?)?)?)?");

    private enum Part {
        TRAINING,
        VALIDATION,
        TEST
    }

    /**
     * Divides.
     *
     * @param target of the rows; none is missing
     * @param column that the rule asks for, of the same rows; else null
     * @throws InvalidValueException with a pointer below {@code /split} if no row would be left for training, or for a
     *     part that groups or times should make, or the column does not say what the rule asks for
     */
    public Split split(ColumnData target, @Nullable ColumnData column) {
        if (rule instanceof SplitRule.Random) {
            return Split.random(target.rows(), validation, test, seed);
        }
        if (rule instanceof SplitRule.Stratified) {
            return split(stratified(target));
        }
        if (column == null) {
            throw new IllegalArgumentException("the rule asks for a column");
        }
        if (rule instanceof SplitRule.Column) {
            return split(said(column));
        }
        Split split = split(rule instanceof SplitRule.Group ? grouped(column) : timed(column));
        requireRows(column, "validation", validation, split.validation());
        requireRows(column, "test", test, split.test());
        return split;
    }

    /**
     * Rows class by class, of which every so many-th is for validation, and of the rest for the test: each class has its
     * share, but for a row or two. At least one row of each class is learned from.
     */
    private Part[] stratified(ColumnData target) {
        Part[] parts = allTraining(target.rows());
        int[] inClasses = shuffled(groups(target)).stream()
                .filter(rows -> rows.length > 1)
                .flatMapToInt(rows -> {
                    RandomStream.of(seed, Purpose.SPLIT, rows[0]).shuffle(rows);
                    return Arrays.stream(rows);
                })
                .toArray();
        double start = RandomStream.of(seed, Purpose.SPLIT, inClasses.length).nextDouble();
        int[] rest = take(inClasses, validation, start, Part.VALIDATION, parts);
        take(rest, test / (1 - validation), start, Part.TEST, parts);
        groups(target).forEach(rows -> keepOne(rows, parts));
        return parts;
    }

    private static void keepOne(int[] rows, Part[] parts) {
        if (Arrays.stream(rows).noneMatch(row -> parts[row] == Part.TRAINING)) {
            parts[rows[0]] = Part.TRAINING;
        }
    }

    /** Gives rows at even distances to a part, and returns the others. */
    private static int[] take(int[] rows, double share, double start, Part part, Part[] parts) {
        return IntStream.range(0, rows.length)
                .filter(place -> {
                    boolean taken = Math.floor((place + 1) * share + start) > Math.floor(place * share + start);
                    if (taken) {
                        parts[rows[place]] = part;
                    }
                    return !taken;
                })
                .map(place -> rows[place])
                .toArray();
    }

    /** Groups in a random order; each goes to the first part whose number of rows it brings nearer to the wanted one. */
    private Part[] grouped(ColumnData column) {
        Part[] parts = allTraining(column.rows());
        double validationRows = column.rows() * validation;
        double testRows = column.rows() * test;
        for (int[] group : shuffled(groups(column))) {
            if (group.length < 2 * validationRows) {
                validationRows -= group.length;
                give(group, Part.VALIDATION, parts);
            } else if (group.length < 2 * testRows) {
                testRows -= group.length;
                give(group, Part.TEST, parts);
            }
        }
        return parts;
    }

    /** Rows of the same time stay together: the parts may be somewhat larger or smaller for it. */
    private Part[] timed(ColumnData column) {
        requireValues(column);
        if (column instanceof Texts texts) {
            requireTimes(texts);
        }
        int[] order = IntStream.range(0, column.rows())
                .boxed()
                .sorted(order(column))
                .mapToInt(Integer::intValue)
                .toArray();
        int testRows = Math.toIntExact(Math.round(order.length * test));
        int validationRows = Math.toIntExact(Math.round(order.length * validation));
        int testStart = edge(order.length - testRows, order, column);
        int validationStart = edge(Math.max(0, testStart - validationRows), order, column);
        Part[] parts = allTraining(order.length);
        give(Arrays.copyOfRange(order, validationStart, testStart), Part.VALIDATION, parts);
        give(Arrays.copyOfRange(order, testStart, order.length), Part.TEST, parts);
        return parts;
    }

    /** The nearest place at which a new time begins. */
    private static int edge(int place, int[] order, ColumnData column) {
        Comparator<Integer> byTime = order(column);
        int down = place;
        int up = place;
        while (isWithinATime(down, order, byTime) && isWithinATime(up, order, byTime)) {
            down--;
            up++;
        }
        return isWithinATime(down, order, byTime) ? up : down;
    }

    private static boolean isWithinATime(int place, int[] order, Comparator<Integer> byTime) {
        return place > 0 && place < order.length && byTime.compare(order[place - 1], order[place]) == 0;
    }

    /** Only such text sorts as its times do. */
    private static void requireTimes(Texts column) {
        boolean spaced = TIME.matcher(String.valueOf(column.values()[0])).matches()
                && String.valueOf(column.values()[0]).indexOf(' ') >= 0;
        for (String value : column.values()) {
            String text = String.valueOf(value);
            if (!TIME.matcher(text).matches() || (spaced ? text.indexOf('T') : text.indexOf(' ')) >= 0) {
                throw problem(
                        column,
                        "must hold numbers, or times all in one form such as 2026-01-31 or 2026-01-31T12:00Z, but holds "
                                + Excerpt.quoted(text));
            }
        }
    }

    private static Comparator<Integer> order(ColumnData column) {
        return column instanceof Numbers numbers
                ? Comparator.comparingDouble(row -> numbers.values()[row])
                : Comparator.comparing(row -> ((Texts) column).values()[row], CodePoints.ORDER);
    }

    private static Part[] said(ColumnData column) {
        requireValues(column);
        Part[] parts = allTraining(column.rows());
        for (int row = 0; row < parts.length; row++) {
            String said = String.valueOf(Labels.label(column, row));
            Part part = PARTS.get(said.toLowerCase(Locale.ROOT));
            if (part == null) {
                throw problem(column, "must say train, validation or test but says " + Excerpt.quoted(said));
            }
            parts[row] = part;
        }
        return parts;
    }

    private static void requireRows(ColumnData column, String part, double share, int[] rows) {
        if (share > 0 && rows.length == 0) {
            throw problem(
                    column, "has too few different values, or too many rows of one, to leave any row for " + part);
        }
    }

    private static void requireValues(ColumnData column) {
        int missing = column.rows() - column.presentRows().length;
        if (missing > 0) {
            throw problem(column, "must have a value in each row but has none in " + missing);
        }
    }

    /** The rows of each value, in the order in which the values come first; those without one are a group, too. */
    private static List<int[]> groups(ColumnData column) {
        Map<@Nullable String, IntStream.Builder> groups = new LinkedHashMap<>();
        for (int row = 0; row < column.rows(); row++) {
            groups.computeIfAbsent(Labels.label(column, row), value -> IntStream.builder())
                    .add(row);
        }
        Collection<IntStream.Builder> rows = groups.values();
        return rows.stream().map(builder -> builder.build().toArray()).toList();
    }

    private List<int[]> shuffled(List<int[]> groups) {
        int[] order = IntStream.range(0, groups.size()).toArray();
        RandomStream.of(seed, Purpose.SPLIT).shuffle(order);
        List<int[]> shuffled = new ArrayList<>();
        for (int place : order) {
            shuffled.add(groups.get(place));
        }
        return shuffled;
    }

    private static Part[] allTraining(int rows) {
        Part[] parts = new Part[rows];
        Arrays.fill(parts, Part.TRAINING);
        return parts;
    }

    private static void give(int[] rows, Part part, Part[] parts) {
        for (int row : rows) {
            parts[row] = part;
        }
    }

    private static Split split(Part[] parts) {
        Split split = new Split(rows(parts, Part.TRAINING), rows(parts, Part.VALIDATION), rows(parts, Part.TEST));
        if (split.training().length == 0) {
            throw new InvalidValueException(
                    "split",
                    "leaves no training row: of %d rows %d are for validation and %d for test"
                            .formatted(parts.length, split.validation().length, split.test().length));
        }
        return split;
    }

    private static int[] rows(Part[] parts, Part part) {
        return IntStream.range(0, parts.length)
                .filter(row -> parts[row] == part)
                .toArray();
    }

    private static InvalidValueException problem(ColumnData column, String rule) {
        return new InvalidValueException("split/by/column", "column " + Excerpt.quoted(column.name()) + " " + rule);
    }
}
