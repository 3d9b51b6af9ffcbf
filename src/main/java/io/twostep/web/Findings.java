package io.twostep.web;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;

/** What is wrong with the parts of one value, gathered while the rest of it is still being read. */
final class Findings {

    private final List<Problem> problems = new ArrayList<>();
    private int unknownFields;

    boolean isEmpty() {
        return problems.isEmpty();
    }

    void add(Problem problem) {
        problems.add(problem);
    }

    void addUnknownField(Problem problem) {
        problems.add(problem);
        unknownFields++;
    }

    /**
     * Reads the part of a value that stands under {@code field}.
     *
     * @return what was read, or null if it could not be read, which is then noted
     */
    @Nullable
    Object part(String field, JavaType type, JsonNode node, Supplier<@Nullable Object> reading) {
        try {
            Object part = reading.get();
            if (part instanceof Number number && !Double.isFinite(number.doubleValue())) {
                throw new InvalidValueException(List.of(new Problem("", "must be a finite number")));
            }
            return part;
        } catch (InvalidValueException e) {
            addAll(Problem.token(field), e);
        } catch (JacksonException e) {
            addAll(Problem.token(field), Misfit.of(e, type, node));
        }
        return null;
    }

    /** Notes what the whole has to say, unless it is about a part that could not be read anyway. */
    void addUnlessKnown(InvalidValueException whole) {
        List<Problem> parts = List.copyOf(problems);
        whole.problems().stream()
                .filter(problem ->
                        parts.stream().noneMatch(part -> Pointers.overlap(part.pointer(), problem.pointer())))
                .forEach(problems::add);
    }

    void throwIfAny() {
        if (!isEmpty()) {
            throw new BindingException(problems, unknownFields);
        }
    }

    private void addAll(String token, InvalidValueException part) {
        part.problems().forEach(problem -> problems.add(problem.within(token)));
        unknownFields += part instanceof BindingException binding ? binding.unknownFields() : 0;
    }
}
