package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Reads one instance out of query parameters, written as in a CSV file: an empty value or a marker is missing. */
final class QueryReader {

    private final Instances instances;
    private final InputColumns columns;
    private final MultiValueMap<String, String> values;
    private final UnknownColumns unknown;

    /** @param parameters values by column; and what to do with unknown columns, unless a column has that name */
    QueryReader(MultiValueMap<String, String> parameters, Instances instances) {
        this.instances = instances;
        this.columns = instances.columns();
        this.values = new LinkedMultiValueMap<>(parameters);
        List<String> wish = isColumn(UnknownColumns.PARAMETER) ? null : values.remove(UnknownColumns.PARAMETER);
        this.unknown = UnknownColumns.of(wish == null ? UnknownColumns.DEFAULT : String.join(",", wish));
    }

    /**
     * Adds one row.
     *
     * @throws ServiceException {@link ErrorCode#INVALID_PARAMETER} with all problems, the names of parameters as places
     */
    void read() {
        if (values.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER, "Name at least one column: ?" + columns.name(0) + "=…");
        }
        Misfits misfits = new Misfits(ErrorCode.INVALID_PARAMETER);
        instances.startRow();
        values.forEach((name, given) -> {
            String fault = fault(name, given);
            if (fault != null) {
                misfits.add(Excerpt.of(name), fault);
            }
        });
        misfits.throwIfAny();
    }

    /** Takes the value of a parameter; what is wrong with it, or null. */
    private @Nullable String fault(String name, List<@Nullable String> given) {
        if (!isColumn(name)) {
            return unknown.fault(name, columns);
        }
        if (given.size() > 1) {
            return "is given " + given.size() + " times";
        }
        String text = given.get(0);
        return text == null ? null : instances.set(columns.position(name), text);
    }

    private boolean isColumn(String name) {
        return columns.position(name) >= 0;
    }
}
