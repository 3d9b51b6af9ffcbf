package io.twostep.dataset;

import io.twostep.dataset.CsvSample.Records;
import io.twostep.dataset.RawTable.Decimal;
import io.twostep.error.Excerpt;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the decimal mark of a CSV text, one for all of it, from the columns of a sample that are mostly of numbers.
 * Marks between thousands are known where they can be nothing else, but not read: such values are text.
 */
final class DecimalScan {

    /** What a value says of the decimal mark, in the order in which it is tried. */
    private enum Sign {
        NOTHING("[+-]?\\d+([eE][+-]?\\d+)?"),
        POINT_OR_THOUSANDS("[+-]?[1-9]\\d{0,2}\\.\\d{3}"),
        COMMA_OR_THOUSANDS("[+-]?[1-9]\\d{0,2},\\d{3}"),
        POINT("[+-]?(\\d+\\.\\d*|\\.\\d+)([eE][+-]?\\d+)?"),
        COMMA("[+-]?(\\d+,\\d*|,\\d+)([eE][+-]?\\d+)?"),
        POINT_AND_THOUSANDS("[+-]?\\d{1,3}(,\\d{3})+(\\.\\d*)?"),
        COMMA_AND_THOUSANDS("[+-]?\\d{1,3}(\\.\\d{3})+(,\\d*)?"),
        /** It is no number at all. */
        NO_NUMBER("(?s).*");

        private final Pattern pattern;

        Sign(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        static Sign of(String value) {
            for (Sign sign : values()) {
                if (sign.pattern.matcher(value).matches()) {
                    return sign;
                }
            }
            throw new AssertionError(value);
        }
    }

    private static final Pattern BELOW_THOUSAND = Pattern.compile("[+-]?\\d{1,3}");

    private static final String DECIDES = "The parameter decimal decides.";

    /** The first value that gives each sign. */
    private final Map<Sign, String> examples = new EnumMap<>(Sign.class);

    /** A value of a column in which the point is more likely to set thousands apart than to be the decimal mark. */
    private @Nullable String likelyThousands;

    private final SampleCells cells;
    private final char delimiter;

    private DecimalScan(SampleCells cells, char delimiter) {
        this.cells = cells;
        this.delimiter = delimiter;
    }

    /** @param doubt a sentence about what the sample does not decide, or null */
    record Found(Decimal mark, @Nullable String doubt) {}

    static Found of(Records records, SampleCells cells, char delimiter) {
        DecimalScan scan = new DecimalScan(cells, delimiter);
        List<List<String>> rows = records.rows().stream()
                .filter(row -> row.size() == records.width())
                .toList();
        IntStream.range(0, records.width())
                .forEach(column ->
                        scan.look(rows.stream().map(row -> row.get(column)).toList()));
        return scan.decide();
    }

    /** Whether a value is a number in some notation. */
    static boolean isNumber(String value) {
        return Sign.of(value) != Sign.NO_NUMBER;
    }

    private void look(List<String> values) {
        Map<Sign, List<String>> signs = values.stream()
                .filter(value -> !cells.isMissing(value))
                .collect(Collectors.groupingBy(Sign::of, () -> new EnumMap<>(Sign.class), Collectors.toList()));
        int texts = signs.getOrDefault(Sign.NO_NUMBER, List.of()).size();
        int all = signs.values().stream().mapToInt(List::size).sum();
        if (2 * texts < all) {
            signs.forEach((sign, found) -> examples.putIfAbsent(sign, found.get(0)));
            List<String> points = signs.get(Sign.POINT_OR_THOUSANDS);
            if (points != null && likelyThousands == null && arePointsBetweenThousands(signs)) {
                likelyThousands = points.get(0);
            }
        }
    }

    /**
     * Three digits behind every point: of decimals that would be chance beside numbers without any, and is told as well
     * where the delimiter is one that is used where the point sets thousands apart.
     */
    private boolean arePointsBetweenThousands(Map<Sign, List<String>> signs) {
        List<String> whole = signs.getOrDefault(Sign.NOTHING, List.of());
        return !signs.containsKey(Sign.POINT)
                && (delimiter != ',' || !whole.isEmpty())
                && whole.stream().allMatch(BELOW_THOUSAND.asMatchPredicate());
    }

    private Found decide() {
        String comma = first(Sign.COMMA, Sign.COMMA_AND_THOUSANDS);
        String point = first(Sign.POINT, Sign.POINT_AND_THOUSANDS);
        String either = examples.get(Sign.COMMA_OR_THOUSANDS);
        String points = examples.get(Sign.POINT_OR_THOUSANDS);
        if (comma != null && point != null) {
            return contradiction(comma, point);
        }
        if (comma == null && point == null && either != null && points != null) {
            return contradiction(either, points);
        }
        if (delimiter == ',' && (comma != null || either != null)) {
            return asText(comma == null ? String.valueOf(either) : comma);
        }
        if (comma != null) {
            return new Found(
                    Decimal.COMMA, thousands(points == null ? examples.get(Sign.COMMA_AND_THOUSANDS) : points));
        }
        if (point != null) {
            String doubt = thousands(either == null ? examples.get(Sign.POINT_AND_THOUSANDS) : either);
            return new Found(Decimal.POINT, doubt == null ? pointTaken() : doubt);
        }
        return either == null
                ? new Found(Decimal.POINT, pointTaken())
                : new Found(
                        Decimal.COMMA,
                        "The comma was taken for the decimal mark, not for one that sets thousands apart, in values such"
                                + " as " + Excerpt.quoted(either) + ". " + DECIDES);
    }

    private @Nullable String first(Sign... signs) {
        for (Sign sign : signs) {
            if (examples.containsKey(sign)) {
                return examples.get(sign);
            }
        }
        return null;
    }

    private static Found contradiction(String comma, String point) {
        return new Found(
                Decimal.POINT,
                "Numbers have either decimal mark, such as " + Excerpt.quoted(comma) + " and " + Excerpt.quoted(point)
                        + ": those with a comma were read as text. " + DECIDES);
    }

    private static Found asText(String example) {
        return new Found(
                Decimal.POINT,
                "Values such as " + Excerpt.quoted(example) + " were read as text, since the comma is the delimiter. "
                        + DECIDES);
    }

    private @Nullable String pointTaken() {
        return likelyThousands == null
                ? null
                : "The point was taken for the decimal mark, not for one that sets thousands apart, in values such as "
                        + Excerpt.quoted(likelyThousands) + ". If it does, write them without.";
    }

    private static @Nullable String thousands(@Nullable String example) {
        return example == null
                ? null
                : "Values such as " + Excerpt.quoted(example)
                        + " were read as text, since they have marks between thousands.";
    }
}
