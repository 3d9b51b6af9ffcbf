package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import io.twostep.prediction.InputColumns;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to do with columns of a request that the model does not have. */
enum UnknownColumns {
    /** They are a fault: most likely one of the model's columns was meant. */
    REFUSE,
    IGNORE;

    /** The query parameter that says so. */
    static final String PARAMETER = "unknown";

    static final String DEFAULT = "refuse";

    /**
     * What the value of the parameter means.
     *
     * @throws ServiceException {@link ErrorCode#INVALID_PARAMETER}
     */
    static UnknownColumns of(String value) {
        return switch (value) {
            case DEFAULT -> REFUSE;
            case "ignore" -> IGNORE;
            default ->
                throw new ServiceException(
                        ErrorCode.INVALID_PARAMETER,
                        List.of(new Problem(PARAMETER, "must be refuse or ignore but was " + Excerpt.quoted(value))));
        };
    }

    /** The fault of a name that no column of the model has, or null if it may be passed over. */
    @Nullable
    String fault(String name, InputColumns columns) {
        return this == IGNORE
                ? null
                : "the model knows no column " + Excerpt.quoted(name) + Spelling.hint(name, columns.names());
    }
}
