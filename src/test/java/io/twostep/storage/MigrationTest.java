package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
class MigrationTest {

    private final DataSource database;

    MigrationTest(TestDatabase database) {
        this.database = database.migrated();
    }

    @Test
    void leavesNoRowBehind() {
        Long rows = JdbcClient.create(database)
                .sql("select count(*) from dataset")
                .query(Long.class)
                .single();
        assertThat(rows).isZero();
    }
}
