package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The types that the sender of a table gives some of its columns; those of the others are found out.
 *
 * @param byColumn by the names of columns
 */
public record SaidTypes(Map<String, SaidType> byColumn) {

    /** The name of the parameter that says them. */
    public static final String PARAMETER = "types";

    /** Says nothing. */
    public static final SaidTypes NONE = new SaidTypes(Map.of());

    public SaidTypes {
        byColumn = Collections.unmodifiableMap(new LinkedHashMap<>(byColumn));
    }

    boolean isEmpty() {
        return byColumn.isEmpty();
    }

    boolean say(String column) {
        return byColumn.containsKey(column);
    }

    /** Of that column; null if nothing is said of it. */
    @Nullable
    SaidType of(String column) {
        return byColumn.get(column);
    }

    /**
     * Looks whether a table with these columns has all that are named.
     *
     * @throws ServiceException INVALID_PARAMETER
     */
    void requireAmong(List<String> columns) {
        Set<String> known = new HashSet<>(columns);
        List<Problem> problems = byColumn.keySet().stream()
                .filter(name -> !known.contains(name))
                .map(name -> new Problem(
                        PARAMETER, "the table has no column " + Excerpt.quoted(name) + Spelling.hint(name, columns)))
                .toList();
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
    }
}
