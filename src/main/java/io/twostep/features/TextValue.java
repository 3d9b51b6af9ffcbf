package io.twostep.features;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** What a value means that arrives as text, from a CSV file or a query string. */
public final class TextValue {

    /** Texts that say that there is no value, blanks around them aside. */
    public static final List<String> MISSING_MARKERS =
            List.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "-");

    /** Decimal notation with an optional exponent; nothing else that {@link Double#parseDouble} would take. */
    public static final String NUMBER_PATTERN = "[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?";

    private static final Pattern NUMBER = Pattern.compile(NUMBER_PATTERN);

    private static final int LONGEST_NUMBER = 512;

    private TextValue() {}

    public static boolean isMissing(String text) {
        return MISSING_MARKERS.contains(text.strip());
    }

    /** A category as it is kept and looked up: without blanks around it, {@code true} and {@code false} in small letters. */
    public static String category(String text) {
        String stripped = text.strip();
        String small = stripped.toLowerCase(Locale.ROOT);
        return small.equals("true") || small.equals("false") ? small : stripped;
    }

    /** The finite number that the text denotes, blanks around it aside; empty if there is none. */
    public static OptionalDouble number(String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST_NUMBER || !NUMBER.matcher(stripped).matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(stripped);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
