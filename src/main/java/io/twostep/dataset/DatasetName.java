package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rule for names of datasets. */
public final class DatasetName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    /** A name that could be mistaken for another dataset's id. */
    private static final Pattern LIKE_AN_ID = Pattern.compile("ds_[0-9A-Za-z]{26}");

    private DatasetName() {}

    /** Returns the name, or throws {@code INVALID_NAME}. */
    public static String checked(String name) {
        if (!isValid(name)) {
            throw new ServiceException(
                    ErrorCode.INVALID_NAME,
                    "name must be 1 to 64 letters, digits, dots, dashes and underscores, begin with a letter or digit, "
                            + "and not look like an id, but was " + Excerpt.quoted(name));
        }
        return name;
    }

    /** The name of a file without its folder and extension, if that makes a valid name. */
    public static Optional<String> ofFile(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return Optional.of(dot > 0 ? last.substring(0, dot) : last).filter(DatasetName::isValid);
    }

    private static boolean isValid(String name) {
        return NAME.matcher(name).matches() && !LIKE_AN_ID.matcher(name).matches();
    }
}
