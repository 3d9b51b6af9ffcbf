package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the values of one request: all of it, up to a limit, before the request is refused. */
final class Misfits {

    static final int MOST = 20;

    private final ErrorCode code;
    private final List<Problem> problems = new ArrayList<>();

    Misfits(ErrorCode code) {
        this.code = code;
    }

    boolean isEmpty() {
        return problems.isEmpty();
    }

    /** @throws ServiceException if that was the last one to be told */
    void add(String place, String detail) {
        problems.add(new Problem(place, detail));
        if (problems.size() == MOST) {
            throwIfAny();
        }
    }

    void throwIfAny() {
        if (!isEmpty()) {
            throw new ServiceException(code, problems);
        }
    }
}
