package io.twostep.kind;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the components of a kind by what {@link Within} says of them. */
public final class Bounds {

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Bounds() {}

    /**
     * Throws if any value is out of its bounds; for compact constructors.
     *
     * @param values of all components, in their order; null is within all bounds
     */
    public static void check(Class<? extends Record> kind, @Nullable Object... values) {
        InvalidValueException.throwIfAny(problems(kind, values).toArray(Problem[]::new));
    }

    /** What {@link #check} finds; more may be added. */
    public static List<Problem> problems(Class<? extends Record> kind, @Nullable Object... values) {
        RecordComponent[] components = kind.getRecordComponents();
        if (components.length != values.length) {
            throw new IllegalArgumentException(kind.getSimpleName() + " has " + components.length + " components");
        }
        List<Problem> problems = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Range range = range(components[i]);
            Problem problem = range != null && values[i] instanceof Number number
                    ? range.problem(fieldName(components[i]), number.doubleValue())
                    : null;
            if (problem != null) {
                problems.add(problem);
            }
        }
        return problems;
    }

    /** What a component may be; null if nothing is said. */
    public static @Nullable Range range(RecordComponent component) {
        Within within = component.getAnnotation(Within.class);
        if (within == null) {
            return null;
        }
        boolean open = within.above() > Double.NEGATIVE_INFINITY;
        boolean endless = within.atLeast() == Double.NEGATIVE_INFINITY;
        boolean closed = within.below() == Double.POSITIVE_INFINITY && within.atMost() < Double.POSITIVE_INFINITY;
        return new Range(
                open ? within.above() : within.atLeast(),
                !open && !endless,
                closed ? within.atMost() : within.below(),
                closed);
    }

    /** A component's name in JSON: {@code learning_rate} for {@code learningRate}. */
    public static String fieldName(RecordComponent component) {
        return HUMP.matcher(component.getName()).replaceAll("_").toLowerCase(Locale.ROOT);
    }
}
