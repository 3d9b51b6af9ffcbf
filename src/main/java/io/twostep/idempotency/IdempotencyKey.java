package io.twostep.idempotency;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The header {@code Idempotency-Key} (draft-ietf-httpapi-idempotency-key-header-07): a quoted String of RFC 8941. Other
 * than the draft, keys without quotes are taken too, since many clients send them so; both are the same key.
 */
final class IdempotencyKey {

    static final String HEADER = "Idempotency-Key";

    private static final int LONGEST = 255;
    private static final Pattern QUOTED = Pattern.compile("\"((?:[ -!#-\\[\\]-~]|\\\\[\"\\\\])*+)\"");
    private static final Pattern BARE = Pattern.compile("[!-~&&[^\",;\\\\]]+");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)");

    private IdempotencyKey() {}

    /**
     * The key of a request; null if it has none.
     *
     * @throws ServiceException {@link ErrorCode#INVALID_HEADER}
     */
    static @Nullable String parse(List<String> headers) {
        if (headers.isEmpty()) {
            return null;
        }
        String header = headers.get(0).strip();
        String key = header.length() > 2 * LONGEST + 2 ? "" : key(header); // each character may be escaped
        if (headers.size() > 1 || key.isEmpty() || key.length() > LONGEST) {
            throw new ServiceException(
                    ErrorCode.INVALID_HEADER,
                    HEADER + " must be given once, as 1 to " + LONGEST
                            + " visible ASCII characters, or blanks, in double"
                            + " quotes; without quotes also without blanks, commas, semicolons and backslashes; but was "
                            + (headers.size() > 1
                                    ? "given " + headers.size() + " times."
                                    : Excerpt.quoted(header) + "."));
        }
        return key;
    }

    /** Empty if it is none. */
    private static String key(String header) {
        var quoted = QUOTED.matcher(header);
        if (quoted.matches()) {
            return ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
        }
        return BARE.matcher(header).matches() ? header : "";
    }
}
