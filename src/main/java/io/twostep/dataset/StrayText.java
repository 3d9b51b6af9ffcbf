package io.twostep.dataset;

import java.util.List;

/**
 * Text in a column that is mostly of numbers, all of which was read as text; or values that are not of the type that was
 * said of their column, and are missing now.
 *
 * @param count values that are no numbers, or no dates where dates were said
 * @param numbers values that are
 * @param examples the most frequent ones
 */
public record StrayText(long count, long numbers, List<Example> examples) {

    /**
     * One such value.
     *
     * @param count how often it is there
     * @param firstRow where it is first, counted from 1
     */
    public record Example(String value, long count, long firstRow) {}

    public StrayText {
        examples = List.copyOf(examples);
    }
}
