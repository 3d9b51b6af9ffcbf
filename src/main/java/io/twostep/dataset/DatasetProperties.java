package io.twostep.dataset;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds on what one upload may cost.
 *
 * @param maxBytes size of the body, and of what it unpacks to
 * @param maxRatio how many times its size, beyond the first megabyte, a compressed body may unpack to
 * @param maxRows rows of the table
 * @param maxColumns columns of the table
 * @param maxCells rows times columns
 * @param maxLine one line of CSV
 * @param memory that reading a table may use outside of the Java heap; beyond it, temporary files are used
 * @param threads that read one table
 * @param openTables how many tables may be read at the same time, at least four: a job may read three, and leaves one to
 *     requests
 */
@ConfigurationProperties("twostep.dataset")
public record DatasetProperties(
        @DefaultValue("4GB") DataSize maxBytes,
        @DefaultValue("200") int maxRatio,
        @DefaultValue("100000000") long maxRows,
        @DefaultValue("10000") int maxColumns,
        @DefaultValue("1000000000") long maxCells,
        @DefaultValue("2000000B") DataSize maxLine,
        @DefaultValue("512MB") DataSize memory,
        @DefaultValue("2") int threads,
        @DefaultValue("4") int openTables) {

    private static final int FEWEST_TABLES = 4;
    private static final int MOST_TABLES = 1000;

    public DatasetProperties {
        InvalidValueException.throwIfAny(
                openTables >= FEWEST_TABLES && openTables <= MOST_TABLES
                        ? null
                        : new Problem(
                                "/open-tables",
                                "must be >= %d and <= %d but was %d"
                                        .formatted(FEWEST_TABLES, MOST_TABLES, openTables)));
    }
}
