package io.twostep.features;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.List;

/** How a problem with a table is told: its place as pointer and in words, and values that are safe to print. */
final class Problems {

    private static final int LONGEST_EXCERPT = 64;

    private Problems() {}

    /** Pointer {@code /column}. */
    static InvalidValueException inColumn(String column, String rule) {
        return problem("/" + escaped(column), "column " + excerpt(column) + " " + rule);
    }

    /** Pointer {@code /row/column}; rows are counted from 0. */
    static InvalidValueException inCell(int row, String column, String rule) {
        return problem(
                "/" + row + "/" + escaped(column), "column %s, row %d: %s".formatted(excerpt(column), row, rule));
    }

    static InvalidValueException wrongKind(ColumnData column, String wanted) {
        String found = column instanceof Numbers ? "numbers" : "text";
        return inColumn(column.name(), "must hold " + wanted + " but holds " + found);
    }

    /** The text between quotes, at most 64 characters of it, with everything invisible written as an escape. */
    static String excerpt(String text) {
        StringBuilder excerpt = new StringBuilder("'");
        text.codePoints().limit(LONGEST_EXCERPT).forEach(character -> append(excerpt, character));
        boolean cut = text.codePointCount(0, text.length()) > LONGEST_EXCERPT;
        return excerpt.append(cut ? "…'" : "'").toString();
    }

    private static void append(StringBuilder excerpt, int character) {
        if (character == '\'' || character == '\\') {
            excerpt.append('\\').appendCodePoint(character);
        } else if (isVisible(character)) {
            excerpt.appendCodePoint(character);
        } else {
            excerpt.append(character > 0xFFFF ? "\\u{%x}".formatted(character) : "\\u%04x".formatted(character));
        }
    }

    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static InvalidValueException problem(String pointer, String detail) {
        return new InvalidValueException(List.of(new Problem(pointer, detail)));
    }

    private static String escaped(String pointerToken) {
        return pointerToken.replace("~", "~0").replace("/", "~1");
    }
}
