package io.twostep.model;

import io.twostep.training.Evaluation;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on the rows that it learned from, on those that were watched, and on those that were kept back;
 * null where there are none.
 */
public record Evaluations(
        @Nullable Evaluation training,
        @Nullable Evaluation validation,
        @Nullable Evaluation test) {

    /** Whether every figure is a finite number, as all must be that are stored. */
    public boolean allFinite() {
        return Stream.of(Optional.ofNullable(training), Optional.ofNullable(validation), Optional.ofNullable(test))
                .flatMap(Optional::stream)
                .allMatch(Evaluation::allFinite);
    }
}
