package io.twostep.job;

import io.twostep.storage.ClosedDatabase;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** What passes when the database is back. */
final class Outage {

    private Outage() {}

    static boolean isBehind(Throwable thrown) {
        return thrown instanceof TransientDataAccessException
                || thrown instanceof RecoverableDataAccessException
                || thrown instanceof DataAccessResourceFailureException
                || thrown instanceof TransactionException
                || ClosedDatabase.isBehind(thrown);
    }
}
