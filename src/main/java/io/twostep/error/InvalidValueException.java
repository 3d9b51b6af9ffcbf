package io.twostep.error;

import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value that breaks its own rules; says all of them at once, each with its place. */
public class InvalidValueException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public InvalidValueException(List<Problem> problems) {
        super(String.join(
                "; ", problems.stream().map(InvalidValueException::sentence).toList()));
        this.problems = List.copyOf(problems);
    }

    public InvalidValueException(String field, String detail) {
        this(List.of(new Problem("/" + field, detail)));
    }

    public List<Problem> problems() {
        return problems;
    }

    /** The same problems seen from the object that holds {@code field}. */
    public InvalidValueException within(String field) {
        return new InvalidValueException(
                problems.stream().map(problem -> problem.within(field)).toList());
    }

    /**
     * The same problems with other numbers for their rows.
     *
     * @param numbers what {@code 3} becomes in pointers like {@code /3/column}; pointers without a row stay as they are
     */
    public InvalidValueException inRows(IntUnaryOperator numbers) {
        return new InvalidValueException(problems.stream()
                .map(problem -> new Problem(inRows(problem.pointer(), numbers), problem.detail()))
                .toList());
    }

    private static String inRows(String pointer, IntUnaryOperator numbers) {
        int end = pointer.indexOf('/', 1);
        return end < 0
                ? pointer
                : "/" + numbers.applyAsInt(Integer.parseInt(pointer.substring(1, end))) + pointer.substring(end);
    }

    /** Throws if any of the tests found a problem; the last lines of a compact constructor. */
    public static void throwIfAny(@Nullable Problem... found) {
        List<Problem> problems = Stream.of(found).filter(Objects::nonNull).toList();
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
    }

    private static String sentence(Problem problem) {
        return problem.pointer().isEmpty() ? problem.detail() : problem.pointer() + " " + problem.detail();
    }
}
