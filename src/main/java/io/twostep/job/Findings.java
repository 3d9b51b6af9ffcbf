package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with a request, gathered: what it names that does not exist, what does not fit, what breaks a rule. */
public final class Findings {

    private final List<Problem> references = new ArrayList<>();
    private final List<Problem> columns = new ArrayList<>();
    private final List<Problem> values = new ArrayList<>();

    public void reference(String pointer, String detail) {
        references.add(new Problem(pointer, detail));
    }

    public void column(String pointer, String detail) {
        columns.add(new Problem(pointer, detail));
    }

    public void value(String pointer, String detail) {
        values.add(new Problem(pointer, detail));
    }

    /** Notes which rules a value breaks that stands under a field of the request. */
    void check(String pointer, Runnable making) {
        try {
            making.run();
        } catch (InvalidValueException e) {
            e.problems().forEach(problem -> values.add(new Problem(pointer + problem.pointer(), problem.detail())));
        }
    }

    /** Throws a {@link ServiceException} with everything that was found, under the code of the gravest. */
    public void throwIfAny() {
        List<Problem> all =
                Stream.of(references, columns, values).flatMap(List::stream).toList();
        if (!all.isEmpty()) {
            throw new ServiceException(code(), all);
        }
    }

    private ErrorCode code() {
        if (!references.isEmpty()) {
            return ErrorCode.REFERENCE_NOT_FOUND;
        }
        return columns.isEmpty() ? ErrorCode.INVALID_REQUEST : ErrorCode.INCOMPATIBLE_DATASET;
    }
}
