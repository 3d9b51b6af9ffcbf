package io.twostep.error;

import java.util.List;

/** A request that cannot be answered: what went wrong, why, and where. */
public class ServiceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final transient List<Problem> problems;

    public ServiceException(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    public ServiceException(ErrorCode code, List<Problem> problems) {
        this(code, code.title(), problems);
    }

    public ServiceException(ErrorCode code, String detail, List<Problem> problems) {
        super(detail);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    /** The same about a part of a request, seen from the object that holds it as {@code field}. */
    public ServiceException within(String field) {
        ServiceException placed = new ServiceException(
                code,
                String.valueOf(getMessage()),
                problems.stream().map(problem -> problem.within(field)).toList());
        placed.initCause(this);
        return placed;
    }

    public ErrorCode code() {
        return code;
    }

    public List<Problem> problems() {
        return problems;
    }
}
