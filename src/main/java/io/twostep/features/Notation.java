package io.twostep.features;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a table writes its values. A model reads text as the table that it learned from was read.
 *
 * @param decimal mark of numbers, the point or the comma
 * @param missing texts that stand for a missing value, besides the empty one
 * @param delimiter between the values of a line, a blank for any run of blanks; null if the table was no such text, or is
 *     not remembered
 * @param quote around values, one character, or empty where there are no quotes; double ones where nothing is stored
 * @param escape what stands before a quote inside of quotes, the quote once more or a backslash; the quote where nothing
 *     is stored
 */
public record Notation(
        String decimal, List<String> missing, @Nullable String delimiter, String quote, String escape) {

    private static final String USUAL_QUOTE = "\"";

    /** Of tables that say nothing else. */
    public static final Notation USUAL = new Notation(
            ".",
            TextValue.MISSING_MARKERS.stream().filter(text -> !text.isEmpty()).toList());

    public Notation {
        missing = List.copyOf(missing);
    }

    /** Of a table that is no delimited text. */
    public Notation(String decimal, List<String> missing) {
        this(decimal, missing, null, USUAL_QUOTE, USUAL_QUOTE);
    }

    public boolean isMissing(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || missing.contains(stripped) || isMissingNumber(stripped);
    }

    /** Whether the text denotes the number of a marker, which may be written in another way: -999.0 for -999. */
    private boolean isMissingNumber(String text) {
        double[] markers = missingNumbers();
        OptionalDouble number = markers.length == 0 ? OptionalDouble.empty() : number(text);
        return number.isPresent() && Arrays.stream(markers).anyMatch(marker -> marker == number.getAsDouble());
    }

    /** Whether a backslash makes a quote inside of quotes a character like any other. */
    public boolean hasBackslash() {
        return escape.equals("\\");
    }

    /** As {@link TextValue#number}, with this decimal mark and no other. */
    public OptionalDouble number(String text) {
        if (!hasComma()) {
            return TextValue.number(text);
        }
        return text.indexOf('.') >= 0 ? OptionalDouble.empty() : TextValue.number(text.replace(',', '.'));
    }

    public boolean hasComma() {
        return decimal.equals(",");
    }

    /** The numbers that stand for a missing value, such as 999. */
    public double[] missingNumbers() {
        return missing.stream()
                .map(this::number)
                .flatMapToDouble(OptionalDouble::stream)
                .toArray();
    }
}
