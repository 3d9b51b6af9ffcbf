package io.twostep.features;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The columns to predict as requests name them: one under {@code target}, or several under {@code targets}.
 *
 * @param names in the order of the outputs, at least one
 */
public record TargetColumns(List<String> names) {

    /** The most columns that one model predicts. */
    public static final int MOST = 100;

    private static final String TARGETS = "/targets";

    public TargetColumns {
        names = List.copyOf(names);
    }

    /** Those of the one field that is given; see {@link #problem}. */
    public static TargetColumns of(@Nullable String target, @Nullable List<String> targets) {
        return new TargetColumns(targets == null ? List.of(Objects.requireNonNull(target)) : targets);
    }

    /** What is wrong with the two fields by themselves; null if nothing is. */
    public static @Nullable Problem problem(@Nullable String target, @Nullable List<String> targets) {
        if (targets == null) {
            return target == null ? new Problem("/target", "is required, or targets to predict several columns") : null;
        }
        if (target != null) {
            return new Problem(TARGETS, "must not be given beside target");
        }
        if (targets.size() < 2 || targets.size() > MOST) {
            return new Problem(
                    TARGETS,
                    "must be 2 to %d columns but was %d%s"
                            .formatted(MOST, targets.size(), targets.size() == 1 ? ": one goes under target" : ""));
        }
        return repetition(targets);
    }

    private static @Nullable Problem repetition(List<String> targets) {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < targets.size(); i++) {
            if (!before.add(targets.get(i))) {
                return new Problem(TARGETS + "/" + i, "names the column " + Excerpt.quoted(targets.get(i)) + " again");
            }
        }
        return null;
    }

    public boolean isSeveral() {
        return names.size() > 1;
    }

    public int count() {
        return names.size();
    }

    public boolean contains(String column) {
        return names.contains(column);
    }

    /** Where the request names all of them. */
    public String pointer() {
        return isSeveral() ? TARGETS : "/target";
    }

    /** Where the request names one of them. */
    public String pointer(int place) {
        return isSeveral() ? TARGETS + "/" + place : "/target";
    }

    /** What a finding about a column is, if the column is one of these; {@code is the target}. */
    public String whatItIs() {
        return isSeveral() ? "is one of the targets" : "is the target";
    }

    /**
     * Makes something of one of several targets.
     *
     * @throws InvalidValueException what making throws, with the pointer of that target
     */
    static <T> T at(int place, Supplier<T> making) {
        try {
            return making.get();
        } catch (InvalidValueException e) {
            throw new InvalidValueException(e.problems().stream()
                    .map(problem -> new Problem(TARGETS + "/" + place, problem.detail()))
                    .toList());
        }
    }
}
