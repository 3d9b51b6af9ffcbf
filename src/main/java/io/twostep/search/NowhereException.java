package io.twostep.search;

import io.twostep.error.InvalidValueException;
import java.util.List;

/** A place that is searched which the training request does not have; its pointer leads into the space. */
final class NowhereException extends InvalidValueException {

    private static final long serialVersionUID = 1L;

    NowhereException(String pointer, String detail) {
        super(List.of(Space.at(pointer, detail)));
    }
}
