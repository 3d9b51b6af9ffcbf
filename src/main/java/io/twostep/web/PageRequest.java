package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a list is wanted: {@code ?limit=50&after=net_01…}. A controller method takes it as an argument.
 *
 * @param limit items on the page, 1 to 500, 50 where nothing is said
 * @param after the id after which the page starts; null for the first page
 */
public record PageRequest(int limit, @Nullable String after) {

    static final String LIMIT = "limit";
    static final String AFTER = "after";

    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    /** How many items a store is asked for, so that it shows whether there is a next page. */
    public int limitAndOne() {
        return limit + 1;
    }

    static PageRequest parse(@Nullable String limit, @Nullable String after) {
        List<Problem> problems = new ArrayList<>();
        int size = limit == null ? USUAL : NUMBER.matcher(limit).matches() ? Integer.parseInt(limit) : 0;
        if (size < 1 || size > MOST) {
            problems.add(new Problem(LIMIT, "must be an integer from 1 to " + MOST + " but was " + quoted(limit)));
        }
        if (after != null && !ID.matcher(after).matches()) {
            problems.add(new Problem(AFTER, "must be the \"next\" of an earlier page but was " + quoted(after)));
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
        return new PageRequest(size, after);
    }

    private static String quoted(@Nullable String value) {
        return Excerpt.quoted(String.valueOf(value));
    }
}
