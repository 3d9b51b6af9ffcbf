package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

class ClosedDatabaseTest {

    private static final int CONNECTIONS = 3;

    @TempDir
    Path root;

    /** H2 closes the database when the disk does not take what it writes; here it is told to. */
    @Test
    void isOpenedAgainByThePool() throws SQLException {
        EmbeddedDatabase database = new EmbeddedDatabase(root.resolve("some"));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.getJdbcUrl());
        config.setUsername(database.getUsername());
        config.setPassword(database.getPassword());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setExceptionOverrideClassName(ClosedDatabase.class.getName());
        try (HikariDataSource pool = new HikariDataSource(config)) {
            JdbcClient jdbc = JdbcClient.create(pool);
            jdbc.sql("create table t (id int)").update();
            jdbc.sql("insert into t values (1)").update();
            jdbc.sql("shutdown immediately").update();

            int failures = 0;
            while (!reads(jdbc)) {
                failures++;
                assertThat(failures).isLessThanOrEqualTo(CONNECTIONS);
            }
        }
    }

    private static boolean reads(JdbcClient jdbc) {
        try {
            return jdbc.sql("select count(*) from t").query(Long.class).single() == 1;
        } catch (DataAccessException e) {
            return false;
        }
    }
}
