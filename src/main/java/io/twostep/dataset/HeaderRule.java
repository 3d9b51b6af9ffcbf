package io.twostep.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Whether the first record of a table names its columns: where a column holds numbers, its name is none. Where no column
 * does, a first value that comes again further down its column speaks against it.
 */
record HeaderRule(SampleCells cells) {

    /** Columns whose values come again and again, but never the first: two of them are no accident. */
    private static final int ENOUGH_NEW = 2;

    /** How often the values of such a column stand there on average. */
    private static final int REPEATS = 3;

    /** @param sure whether the records speak clearly */
    record Guess(boolean header, boolean sure) {}

    Guess of(List<List<String>> records) {
        if (records.isEmpty()) {
            return new Guess(true, true);
        }
        List<String> first = records.get(0);
        List<Integer> numeric = numericColumns(records);
        if (numeric.isEmpty()) {
            return ofTexts(first, rows(records));
        }
        long names = numeric.stream()
                .filter(column -> !cells.isNumberOrMissing(first.get(column)))
                .count();
        return new Guess(names > 0, names == numeric.size());
    }

    /** Whether the records but for the first have a number for every value of some column. */
    boolean hasNumericColumn(List<List<String>> records) {
        return !numericColumns(records).isEmpty();
    }

    private Guess ofTexts(List<String> first, List<List<String>> rows) {
        boolean numbers = first.stream().allMatch(cells::isNumberOrMissing)
                && first.stream().anyMatch(cells::isNumber);
        int fresh = 0;
        for (int column = 0; column < first.size(); column++) {
            Set<String> values = values(rows, column);
            if (!cells.isMissing(first.get(column)) && values.contains(first.get(column))) {
                return new Guess(false, false);
            }
            fresh += rows.size() >= REPEATS * values.size() ? 1 : 0;
        }
        return new Guess(!numbers, !numbers && fresh >= ENOUGH_NEW);
    }

    private static Set<String> values(List<List<String>> rows, int column) {
        Set<String> values = new HashSet<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    private List<Integer> numericColumns(List<List<String>> records) {
        if (records.isEmpty()) {
            return List.of();
        }
        List<List<String>> rows = rows(records);
        return IntStream.range(0, records.get(0).size())
                .filter(column -> rows.stream().anyMatch(row -> cells.isNumber(row.get(column)))
                        && rows.stream().allMatch(row -> cells.isNumberOrMissing(row.get(column))))
                .boxed()
                .toList();
    }

    private static List<List<String>> rows(List<List<String>> records) {
        int width = records.get(0).size();
        return records.subList(1, records.size()).stream()
                .filter(row -> row.size() == width)
                .toList();
    }
}
