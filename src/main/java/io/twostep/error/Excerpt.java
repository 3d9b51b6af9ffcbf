package io.twostep.error;

/** A value of the client's, made safe to be told back in a message or written to a log. */
public final class Excerpt {

    /** The longest part of a value that is repeated. */
    public static final int LONGEST = 64;

    private Excerpt() {}

    /** {@code text} in double quotes, at most {@value #LONGEST} characters of it, everything invisible escaped. */
    public static String quoted(String text) {
        return '"' + of(text).replace("\"", "\\\"") + '"';
    }

    /** At most {@value #LONGEST} characters of {@code text}, everything invisible escaped. */
    public static String of(String text) {
        return text.length() <= LONGEST ? visible(text) : visible(text.substring(0, LONGEST)) + "…";
    }

    /** {@code text} on one line: controls, bidirectional marks and halves of surrogate pairs become {@code \\uXXXX}. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isVisible(point)) {
                visible.appendCodePoint(point);
            } else {
                visible.append(String.format("\\u%04x", point));
            }
        });
        return visible.toString();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
