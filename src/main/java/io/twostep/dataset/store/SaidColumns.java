package io.twostep.dataset.store;

import io.twostep.dataset.RawTable;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.SaidType;
import io.twostep.dataset.StrayText;
import io.twostep.features.DateOrder;
import io.twostep.features.DateTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The columns of which the sender says what they hold: what is nothing of that kind becomes missing. */
final class SaidColumns {

    private final Connection database;
    private final RawTable raw;
    private final String source;
    private final Map<Integer, StrayText> strays = new HashMap<>();
    private final List<String> replacements = new ArrayList<>();

    /**
     * @param source the function that reads the rows of the table, all of them text: a view of a view is slow where there
     * are thousands of columns
     */
    SaidColumns(Connection database, RawTable raw, String source) {
        this.database = database;
        this.raw = raw;
        this.source = source;
    }

    /**
     * Makes the view {@code raw} of the rows.
     *
     * @return what is missing there, by the place of the column
     */
    Map<Integer, StrayText> leaveStraysOut() throws SQLException {
        for (int i = 0; i < raw.columns().size(); i++) {
            Column column = raw.columns().get(i);
            String condition = isStray(i, column);
            if (condition != null) {
                leaveOut(i, condition);
            }
        }
        String replace = replacements.isEmpty() ? "" : " replace (" + String.join(", ", replacements) + ")";
        execute("create view raw as select *%s from %s".formatted(replace, source));
        return strays;
    }

    /** SQL that is true of values that cannot be kept; null where all can. */
    private @Nullable String isStray(int index, Column column) throws SQLException {
        SaidType said = column.said();
        if (said == SaidType.NUMBER) {
            return "not " + NumberText.of(index, column).isFinite();
        }
        DateOrder order = said == null ? null : said.dateOrder();
        return order == null ? null : isNoDate(index, order);
    }

    /** Compares with a table of the values that are no dates, so that there is one reader of dates and no second in SQL. */
    private String isNoDate(int index, DateOrder order) throws SQLException {
        String table = "no_dates_" + index;
        execute("create table %s (value varchar)".formatted(table));
        String distinct = "select distinct c%1$d from %2$s where c%1$d is not null".formatted(index, source);
        try (Statement statement = database.createStatement();
                ResultSet values = statement.executeQuery(distinct);
                DuckDBAppender appender = database.unwrap(DuckDBConnection.class)
                        .createAppender(DuckDBConnection.DEFAULT_SCHEMA, table)) {
            while (values.next()) {
                String value = values.getString(1);
                if (DateTime.parse(value, order) == null) {
                    appender.beginRow();
                    appender.append(value);
                    appender.endRow();
                }
            }
        }
        return "c%d in (select value from %s)".formatted(index, table);
    }

    private void leaveOut(int index, String isStray) throws SQLException {
        String c = "c" + index;
        String count = "select count(*) filter (where %1$s), count(*) from %2$s where %3$s is not null"
                .formatted(isStray, source, c);
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(count)) {
            row.next();
            long strayed = row.getLong(1);
            if (strayed > 0) {
                strays.put(
                        index,
                        new StrayText(
                                strayed, row.getLong(2) - strayed, new Strays(source, c, isStray).examples(database)));
                replacements.add("case when %s then null else %s end as %s".formatted(isStray, c, c));
            }
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }
}
