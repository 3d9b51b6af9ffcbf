package io.twostep.web;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.List;

/** JSON that is well formed but does not describe a value of the type that was asked for. */
final class BindingException extends InvalidValueException {

    private static final long serialVersionUID = 1L;

    private final int unknownFields;

    BindingException(List<Problem> problems, int unknownFields) {
        super(problems);
        this.unknownFields = unknownFields;
    }

    /** How many of the problems are fields that do not exist. */
    int unknownFields() {
        return unknownFields;
    }
}
