package io.twostep.dataset.store;

import io.twostep.dataset.StrayText.Example;
import io.twostep.error.Excerpt;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The values of a raw column that are not what they should be.
 *
 * @param source the view or function that has the column, and the numbers of the rows
 * @param c its name there
 * @param condition SQL that is true of such values
 */
record Strays(String source, String c, String condition) {

    private static final int EXAMPLES = 5;

    /** The most frequent ones, each with the row, from 1, in which it is first. */
    List<Example> examples(Connection database) throws SQLException {
        String find = ("select %1$s, count(*), min(file_row_number) from %2$s"
                        + " where %1$s is not null and %3$s group by %1$s order by 2 desc, 3 limit %4$d")
                .formatted(c, source, condition, EXAMPLES);
        List<Example> examples = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(find)) {
            while (found.next()) {
                examples.add(new Example(Excerpt.of(found.getString(1)), found.getLong(2), found.getLong(3) + 1));
            }
        }
        return examples;
    }
}
