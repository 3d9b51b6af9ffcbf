package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a request is not answered, in the words of {@link ErrorCode}. */
record Fault(
        ErrorCode code,
        String detail,
        List<Problem> problems,
        @Nullable Long maxBytes) {

    static Fault of(ErrorCode code) {
        return of(code, code.title());
    }

    static Fault of(ErrorCode code, String detail) {
        return new Fault(code, detail, List.of(), null);
    }

    static Fault of(ServiceException e) {
        String detail = e.getMessage() == null ? e.code().title() : e.getMessage();
        Long maxBytes = e instanceof PayloadTooLargeException large ? large.maxBytes() : null;
        return new Fault(e.code(), detail, e.problems(), maxBytes);
    }

    static Fault of(InvalidValueException e) {
        boolean onlyUnknown = e instanceof BindingException binding
                && binding.unknownFields() == binding.problems().size();
        ErrorCode code = onlyUnknown ? ErrorCode.UNKNOWN_FIELD : ErrorCode.INVALID_REQUEST;
        return new Fault(code, count(e.problems().size()), e.problems(), null);
    }

    /** A query parameter, header or part that breaks a rule. */
    static Fault parameter(String name, String detail) {
        return new Fault(
                ErrorCode.INVALID_PARAMETER,
                "Parameter " + name + " " + detail,
                List.of(new Problem(name, detail)),
                null);
    }

    private static String count(int problems) {
        return problems == 1 ? "There is 1 problem." : "There are " + problems + " problems.";
    }
}
