package io.twostep.error;

/**
 * One thing that is wrong with a request.
 *
 * @param pointer where: a JSON pointer (RFC 6901) into the body such as {@code /optimizer/learning_rate},
 *     or empty for the whole of it
 * @param detail which rule was broken, and the value that broke it
 */
public record Problem(String pointer, String detail) {

    /** The same problem seen from the object that holds {@code field}. */
    public Problem within(String field) {
        return new Problem("/" + field + pointer, detail);
    }
}
