package io.twostep.storage;

import static org.junit.jupiter.api.Assumptions.abort;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The databases that every store must work on. See {@link OnEveryDatabase}.
 *
 * <p>PostgreSQL is the server at {@code TWOSTEP_TEST_POSTGRES_URL} (a JDBC URL with user and password), or else one
 * that is started once for all tests of this JVM. Where neither can be had the tests are skipped with the reason;
 * {@code TWOSTEP_TEST_POSTGRES=required} makes them fail instead, {@code none} leaves them out.
 */
public enum TestDatabase {
    H2 {
        @Override
        DataSource empty(String name) {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1" + EmbeddedDatabase.MODE);
            source.setUser("sa");
            return source;
        }
    },
    POSTGRESQL {
        @Override
        DataSource empty(String name) {
            String url = Server.URL;
            if (url == null) {
                abort("no PostgreSQL: " + Server.REASON);
            }
            PGSimpleDataSource server = new PGSimpleDataSource();
            server.setUrl(url);
            JdbcClient.create(server).sql("create schema " + name).update();
            PGSimpleDataSource schema = new PGSimpleDataSource();
            schema.setUrl(url);
            schema.setCurrentSchema(name);
            return schema;
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** That of the test that runs, behind those whose tests may be ending still. */
    private static final Deque<HikariDataSource> POOLS = new ArrayDeque<>();

    private static final int OPEN_POOLS = 3;

    /**
     * A database (or a schema of one) of its own with all migrations done and no row in it. Its connections are kept in a
     * pool, as those of the service are: PostgreSQL needs tens of milliseconds for each. One test wants one of them.
     */
    public DataSource migrated() {
        DataSource source = pooled(
                empty("t" + ProcessHandle.current().pid() + "_" + System.nanoTime() + "_" + COUNT.incrementAndGet()));
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .load()
                .migrate();
        return source;
    }

    abstract DataSource empty(String name);

    private static synchronized DataSource pooled(DataSource database) {
        while (POOLS.size() >= OPEN_POOLS) {
            POOLS.removeFirst().close();
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(database);
        config.setMinimumIdle(0);
        HikariDataSource pool = new HikariDataSource(config);
        POOLS.addLast(pool);
        return new DelegatingDataSource(pool); // nobody but us closes it
    }

    /** Started when first asked for, stopped with the JVM. */
    private static final class Server {

        static final @Nullable String URL;
        static final String REASON;

        static {
            String wish = System.getenv("TWOSTEP_TEST_POSTGRES");
            String url = System.getenv("TWOSTEP_TEST_POSTGRES_URL");
            String reason = "";
            if ("none".equals(wish)) {
                url = null;
                reason = "none is wanted";
            } else if (url == null || url.isBlank()) {
                try {
                    url = start();
                } catch (IOException | RuntimeException | Error e) {
                    url = null;
                    reason = "it does not start here (" + e + "), and TWOSTEP_TEST_POSTGRES_URL names no server";
                }
            }
            if (url == null && "required".equals(wish)) {
                throw new IllegalStateException("PostgreSQL is required, but " + reason);
            }
            URL = url;
            REASON = reason;
        }

        private Server() {}

        @SuppressWarnings("resource") // closed by the hook
        private static String start() throws IOException {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("max_connections", "100")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
            try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
                if (!connection.isValid(5)) {
                    throw new IOException("it does not answer");
                }
            } catch (SQLException e) {
                throw new IOException(e);
            }
            return postgres.getJdbcUrl("postgres", "postgres");
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
