package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import io.twostep.features.TextValue;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads one instance out of query parameters, written as in a CSV file: an empty value or a marker is missing. */
final class QueryReader {

    private QueryReader() {}

    /**
     * Adds one row.
     *
     * @throws ServiceException {@link ErrorCode#INVALID_PARAMETER} with all problems, the names of parameters as places
     */
    static void read(MultiValueMap<String, String> values, Instances instances) {
        if (values.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    "Name at least one column: ?" + instances.columns().name(0) + "=…");
        }
        Misfits misfits = new Misfits(ErrorCode.INVALID_PARAMETER);
        instances.startRow();
        values.forEach((name, given) -> {
            String fault =
                    given.size() > 1 ? "is given " + given.size() + " times" : read(name, given.get(0), instances);
            if (fault != null) {
                misfits.add(Excerpt.of(name), fault);
            }
        });
        misfits.throwIfAny();
    }

    /** What is wrong with the value, or null. */
    private static @Nullable String read(String name, @Nullable String text, Instances instances) {
        InputColumns columns = instances.columns();
        int position = columns.position(name);
        if (position < 0) {
            return "the model knows no column " + Excerpt.quoted(name) + Spelling.hint(name, columns.names());
        }
        if (text == null || TextValue.isMissing(text)) {
            return null;
        }
        if (!columns.isNumeric(position)) {
            return instances.set(position, TextValue.category(text));
        }
        OptionalDouble number = TextValue.number(text);
        return number.isPresent()
                ? instances.set(position, number.getAsDouble())
                : "must be a finite number but was " + Excerpt.quoted(text);
    }
}
