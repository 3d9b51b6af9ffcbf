package io.twostep.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Evaluations of several targets by their names, in their order; null where somebody wants single figures only. */
final class ByTarget {

    private ByTarget() {}

    static Map<String, Evaluation> copy(Map<String, ? extends Evaluation> targets) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    static @Nullable Map<String, Evaluation> each(
            @Nullable Map<String, Evaluation> targets, UnaryOperator<Evaluation> change) {
        if (targets == null) {
            return null;
        }
        Map<String, Evaluation> changed = new LinkedHashMap<>(targets);
        changed.replaceAll((name, evaluation) -> change.apply(evaluation));
        return changed;
    }

    /** Each beside that of the same target. */
    static @Nullable Map<String, Evaluation> beside(
            @Nullable Map<String, Evaluation> targets, @Nullable Map<String, Evaluation> others) {
        if (targets == null || others == null) {
            return targets;
        }
        Map<String, Evaluation> each = new LinkedHashMap<>(targets);
        each.replaceAll((name, evaluation) -> evaluation.beside(Objects.requireNonNull(others.get(name), name)));
        return each;
    }

    /** Whether each agrees with that of the same target, as far as that knew. */
    static boolean agree(@Nullable Map<String, Evaluation> now, @Nullable Map<String, Evaluation> earlier) {
        if (now == null || earlier == null) {
            return now == earlier;
        }
        return List.copyOf(now.keySet()).equals(List.copyOf(earlier.keySet()))
                && now.entrySet().stream()
                        .allMatch(target -> target.getValue()
                                .agreesWith(Objects.requireNonNull(earlier.get(target.getKey()), target.getKey())));
    }
}
