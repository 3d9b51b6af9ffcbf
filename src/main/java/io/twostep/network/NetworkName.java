package io.twostep.network;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import java.util.regex.Pattern;

/** The rule for names of networks. */
final class NetworkName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A name that could be mistaken for another network's id. */
    private static final Pattern LIKE_AN_ID = Pattern.compile("net_[0-9A-Za-z]{26}");

    private NetworkName() {}

    /** Throws {@code INVALID_NAME} unless the name keeps the rule. */
    static void check(String name) {
        if (!NAME.matcher(name).matches() || LIKE_AN_ID.matcher(name).matches()) {
            throw new ServiceException(
                    ErrorCode.INVALID_NAME,
                    "name must be 1 to 64 letters, digits, dots, dashes and underscores, begin with a letter or digit, "
                            + "and not look like an id, but was " + Excerpt.quoted(name));
        }
    }
}
