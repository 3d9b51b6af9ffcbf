package io.twostep.error;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON pointer (RFC 6901) into the body such as {@code /optimizer/learning_rate},
 *     or empty for the whole of it
 * @param detail which rule was broken, and the value that broke it
 */
public record Problem(String pointer, String detail) {

    /** A field name as one step of a pointer. */
    public static String token(String field) {
        return field.replace("~", "~0").replace("/", "~1");
    }

    /** The same problem seen from the object that holds {@code field}. */
    public Problem within(String field) {
        return new Problem("/" + field + pointer, detail);
    }
}
