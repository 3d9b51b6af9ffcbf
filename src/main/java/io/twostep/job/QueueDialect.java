package io.twostep.job;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import javax.sql.DataSource;

/**
 * The scheduler's SQL for a database. A worker takes a place only when it is free, so that no place is spoken for before
 * its turn has come: one that looked ahead would run what it found before something more urgent that came later, and
 * would remember all it saw while it was busy. H2 can do that as well, which the library does not know.
 */
final class QueueDialect extends AutodetectJdbcCustomization {

    private final boolean knownToTheLibrary;

    QueueDialect(DataSource database) {
        super(database);
        this.knownToTheLibrary = super.supportsGenericLockAndFetch();
    }

    @Override
    public boolean supportsGenericLockAndFetch() {
        return true;
    }

    @Override
    public String createGenericSelectForUpdateQuery(
            String table, int limit, String requiredAndCondition, boolean orderByPriority) {
        return knownToTheLibrary
                ? super.createGenericSelectForUpdateQuery(table, limit, requiredAndCondition, orderByPriority)
                : "select * from " + table + " where picked = ? and execution_time <= ? " + requiredAndCondition
                        + (orderByPriority ? " order by priority desc, execution_time" : " order by execution_time")
                        + " fetch first " + limit + " rows only for update skip locked";
    }
}
