package io.twostep.features;

import java.util.Comparator;
import java.util.List;

/**
 * Text by code point, the order of UTF-8 bytes and of most other languages. {@link String#compareTo} goes by UTF-16
 * unit, which puts characters beyond U+FFFF before some within.
 */
final class CodePoints {

    static final Comparator<String> ORDER = CodePoints::compare;

    private CodePoints() {}

    /** Whether each text comes after the one before it: sorted and distinct. */
    static boolean areAscending(List<String> texts) {
        for (int i = 1; i < texts.size(); i++) {
            if (compare(texts.get(i - 1), texts.get(i)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private static int compare(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        for (int i = 0; i < shorter; i++) {
            if (left.charAt(i) != right.charAt(i)) {
                return Integer.compare(left.codePointAt(i), right.codePointAt(i));
            }
        }
        return Integer.compare(left.length(), right.length());
    }
}
