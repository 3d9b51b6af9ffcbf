package io.twostep.dataset;

import io.twostep.dataset.RawTable.Decimal;
import io.twostep.features.Notation;
import io.twostep.features.TextValue;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The texts that stand for a missing value; the empty one always does. Whether {@code -} does where nobody says so depends
 * on the column, so that it is not matched here: {@link RawTableWriter#isMissingDash}.
 */
final class MissingMarkers {

    private final List<String> texts;
    private final List<String> matched;
    private final int longest;
    private final boolean dash;
    /** Of the markers that are numbers; none while it is not known how numbers are written. */
    private final double[] numbers;

    private final Notation notation;

    /** @param texts null for the usual ones */
    MissingMarkers(@Nullable List<String> texts) {
        this.notation = Notation.USUAL;
        this.numbers = new double[0];
        this.texts = (texts == null ? TextValue.MISSING_MARKERS : texts)
                .stream()
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .distinct()
                        .toList();
        this.dash = texts == null;
        this.matched =
                this.texts.stream().filter(text -> !dash || !text.equals("-")).toList();
        this.longest = matched.stream().mapToInt(String::length).max().orElse(0);
    }

    private MissingMarkers(MissingMarkers markers, Notation notation) {
        this.notation = notation;
        this.numbers = notation.missingNumbers();
        this.texts = markers.texts;
        this.dash = markers.dash;
        this.matched = markers.matched;
        this.longest = markers.longest;
    }

    /** The same where numbers have that mark: what denotes the number of a marker is one too, however it is written. */
    MissingMarkers with(Decimal decimal) {
        return new MissingMarkers(this, new Notation(String.valueOf(decimal.mark()), texts));
    }

    /** Without the empty one. */
    List<String> texts() {
        return texts;
    }

    /** Whether {@code -} may be one too. */
    boolean dash() {
        return dash;
    }

    /** Whether the characters from {@code from} to before {@code to} say that there is no value. */
    boolean match(char[] chars, int from, int to) {
        return from == to || matchText(chars, from, to) || matchNumber(chars, from, to);
    }

    private boolean matchText(char[] chars, int from, int to) {
        int length = to - from;
        if (length > longest) {
            return false;
        }
        for (int i = 0; i < matched.size(); i++) {
            if (isSame(matched.get(i), chars, from, length)) {
                return true;
            }
        }
        return false;
    }

    /** All cells of a table come here: what cannot be such a number by its first character is not parsed. */
    private boolean matchNumber(char[] chars, int from, int to) {
        for (double number : numbers) {
            boolean mayBe = chars[from] == '-' ? number <= 0 : number >= 0;
            if (mayBe && isNumberStart(chars[from])) {
                return isMarkerNumber(notation.number(new String(chars, from, to - from)));
            }
        }
        return false;
    }

    private boolean isMarkerNumber(OptionalDouble number) {
        return number.isPresent() && Arrays.stream(numbers).anyMatch(marker -> marker == number.getAsDouble());
    }

    private static boolean isNumberStart(char c) {
        return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == ',';
    }

    private static boolean isSame(String text, char[] chars, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
