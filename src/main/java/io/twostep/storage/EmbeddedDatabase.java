package io.twostep.storage;

import java.nio.file.Path;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * H2 in a file, speaking PostgreSQL's SQL. The URL is made here and not in the configuration file because H2 refuses
 * relative paths that do not begin with a dot.
 *
 * @param file absolute, without extension
 */
record EmbeddedDatabase(Path file) implements JdbcConnectionDetails {

    /**
     * {@code WRITE_DELAY=0} writes each commit before it is acknowledged (H2's default keeps half a second of them in
     * memory), and {@link ForcedFile} forces it to the disk; {@code DB_CLOSE_ON_EXIT=FALSE} leaves closing to the
     * connection pool, which knows when the last statement has ended.
     */
    static final String MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    /** Channels of H2's {@code async:} stay open when a thread that uses them is interrupted; others take the database along. */
    private static final String FILES = ForcedFilePath.SCHEME + ":async:";

    private static final String SUFFIX = ".mv.db";

    EmbeddedDatabase {
        ForcedFilePath.register();
    }

    @Override
    public String getJdbcUrl() {
        return "jdbc:h2:" + FILES + file + MODE;
    }

    /** Of the same database, whose commits are left to the operating system. */
    String unforcedUrl() {
        return "jdbc:h2:file:" + file + MODE;
    }

    /** The file itself. */
    Path path() {
        return file.resolveSibling(file.getFileName() + SUFFIX);
    }

    @Override
    public String getUsername() {
        return "sa";
    }

    @Override
    public String getPassword() {
        return "";
    }
}
