package io.twostep.model;

import io.twostep.training.Evaluation;
import java.util.Optional;
import java.util.function.UnaryOperator;
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

    /** The same without the curves, which are long. */
    public Evaluations withoutCurves() {
        return each(Evaluation::withoutCurves);
    }

    /** The figures that are single numbers, and what they are compared with. */
    public Evaluations headline() {
        return each(Evaluation::headline);
    }

    /**
     * The same beside what a network without hidden layers reaches.
     *
     * @param perceptron its evaluations on the same rows
     */
    public Evaluations beside(Evaluations perceptron) {
        return new Evaluations(
                beside(training, perceptron.training),
                beside(validation, perceptron.validation),
                beside(test, perceptron.test));
    }

    private static @Nullable Evaluation beside(@Nullable Evaluation one, @Nullable Evaluation perceptron) {
        return one == null || perceptron == null ? one : one.beside(perceptron);
    }

    /** Whether these are the figures that an earlier version found, as far as it knew them; curves are not looked at. */
    public boolean agreesWith(Evaluations earlier) {
        return agree(training, earlier.training) && agree(validation, earlier.validation) && agree(test, earlier.test);
    }

    private static boolean agree(@Nullable Evaluation now, @Nullable Evaluation earlier) {
        return (now == null || earlier == null) ? now == earlier : now.agreesWith(earlier);
    }

    private Evaluations each(UnaryOperator<Evaluation> change) {
        return new Evaluations(
                training == null ? null : change.apply(training),
                validation == null ? null : change.apply(validation),
                test == null ? null : change.apply(test));
    }
}
