package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rule for names of columns. */
final class ColumnNames {

    static final int LONGEST = 256;

    private static final int MOST_PROBLEMS = 20;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private ColumnNames() {}

    /** Returns the names, or throws {@code INVALID_COLUMN_NAME} with every one that breaks the rule. */
    static List<String> checked(List<String> names) {
        return checked(names, "");
    }

    /** @param hint what may help, behind the sentence that says what is wrong */
    static List<String> checked(List<String> names, String hint) {
        List<Problem> problems = new ArrayList<>();
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < names.size() && problems.size() < MOST_PROBLEMS; i++) {
            String name = names.get(i);
            Integer earlier = first.putIfAbsent(name, i + 1);
            if (name.isEmpty()) {
                problems.add(problem(i, "has no name"));
            } else if (name.length() > LONGEST) {
                problems.add(problem(i, "has a name of " + name.length() + " characters; " + LONGEST + " are allowed"));
            } else if (!isPrintable(name)) {
                problems.add(problem(i, "has control characters in its name " + Excerpt.quoted(name)));
            } else if (!name.strip().equals(name)) {
                problems.add(problem(i, "has blanks around its name " + Excerpt.quoted(name)));
            } else if (earlier != null) {
                problems.add(problem(i, "has the name " + Excerpt.quoted(name) + " of column " + earlier));
            }
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.INVALID_COLUMN_NAME, ErrorCode.INVALID_COLUMN_NAME.title() + hint, problems);
        }
        return names;
    }

    /** No control character, no half of a surrogate pair, no byte order mark. */
    private static boolean isPrintable(String name) {
        return name.codePoints()
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || c == BYTE_ORDER_MARK);
    }

    private static Problem problem(int index, String detail) {
        return new Problem("", "column " + (index + 1) + " " + detail);
    }
}
