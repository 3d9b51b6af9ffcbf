package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import io.twostep.features.TextValue;
import io.twostep.prediction.InstanceTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** Reads one instance out of query parameters, written as in a CSV file: an empty value or a marker is missing. */
final class QueryReader {

    private QueryReader() {}

    /**
     * Adds one row.
     *
     * @throws ServiceException {@link ErrorCode#PREDICTION_SHAPE} with all problems, pointers {@code /column}
     */
    static void read(MultiValueMap<String, String> values, InstanceTable instances) {
        List<Problem> problems = new ArrayList<>();
        instances.startRow();
        values.forEach((name, given) -> {
            String fault =
                    given.size() > 1 ? "is given " + given.size() + " times" : read(name, given.get(0), instances);
            if (fault != null) {
                problems.add(new Problem("/" + Problem.token(Excerpt.of(name)), fault));
            }
        });
        if (values.isEmpty()) {
            problems.add(new Problem(
                    "", "name at least one column: ?" + instances.names().get(0) + "=…"));
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.PREDICTION_SHAPE, problems);
        }
    }

    /** What is wrong with the value, or null. */
    private static @Nullable String read(String name, @Nullable String text, InstanceTable instances) {
        int position = instances.position(name);
        if (position < 0) {
            return "the model knows no column " + Excerpt.quoted(name) + Spelling.hint(name, instances.names());
        }
        if (text == null || TextValue.isMissing(text)) {
            return null;
        }
        if (!instances.isNumeric(position)) {
            instances.set(position, TextValue.category(text));
            return null;
        }
        OptionalDouble number = TextValue.number(text);
        if (number.isEmpty()) {
            return "must be a finite number but was " + Excerpt.quoted(text);
        }
        instances.set(position, number.getAsDouble());
        return null;
    }
}
