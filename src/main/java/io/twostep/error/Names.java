package io.twostep.error;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one rule for the names that users give to datasets, networks and models. */
public final class Names {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A name that could be mistaken for something's id. */
    private static final Pattern LIKE_AN_ID = Pattern.compile("[a-z]+_[0-9A-Za-z]{26}");

    private Names() {}

    public static boolean isValid(String name) {
        return NAME.matcher(name).matches() && !LIKE_AN_ID.matcher(name).matches();
    }

    /** The problem with a name in {@code field}, or null if there is none. */
    public static @Nullable Problem problem(String field, String name) {
        return isValid(name) ? null : new Problem("/" + field, rule(name));
    }

    /**
     * Returns the name.
     *
     * @throws ServiceException {@link ErrorCode#INVALID_NAME}
     */
    public static String checked(String name) {
        if (!isValid(name)) {
            throw new ServiceException(ErrorCode.INVALID_NAME, "The name " + rule(name) + ".");
        }
        return name;
    }

    private static String rule(String name) {
        return "must be 1 to 64 letters, digits, dots, dashes and underscores, begin with a letter or digit, and not look"
                + " like an id, but was " + Excerpt.quoted(name);
    }
}
