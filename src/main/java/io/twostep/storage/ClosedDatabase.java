package io.twostep.storage;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import org.h2.api.ErrorCode;

/**
 * Tells the connection pool when H2 has closed the database, as it does when it cannot write. The connections that it
 * has then say that they are well, but never do anything again; new ones open the database anew.
 */
public final class ClosedDatabase implements SQLExceptionOverride {

    @java.lang.Override
    public Override adjudicate(SQLException failure) {
        return tellsOfIt(failure) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
    }

    /** Whether something failed because H2 had closed the database; it may well succeed the next time. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && tellsOfIt(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean tellsOfIt(SQLException failure) {
        return switch (failure.getErrorCode()) {
            case ErrorCode.DATABASE_IS_CLOSED,
                    ErrorCode.DATABASE_CALLED_AT_SHUTDOWN,
                    ErrorCode.IO_EXCEPTION_1,
                    ErrorCode.IO_EXCEPTION_2,
                    ErrorCode.GENERAL_ERROR_1 -> true;
            default -> false;
        };
    }
}
