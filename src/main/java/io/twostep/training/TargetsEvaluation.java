package io.twostep.training;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Of several targets: figures over all of them, and an evaluation of each. */
public sealed interface TargetsEvaluation extends Evaluation permits LabelsEvaluation, NumbersEvaluation {

    /**
     * What each target has by itself, its own loss among it, by their names in their order; null where somebody wants
     * single figures only.
     */
    @Nullable
    Map<String, Evaluation> targets();

    /** The same figures over other evaluations of the targets. */
    TargetsEvaluation with(@Nullable Map<String, Evaluation> others);

    @Override
    default boolean allFinite() {
        Map<String, Evaluation> targets = targets();
        return Double.isFinite(loss())
                && (targets == null || targets.values().stream().allMatch(Evaluation::allFinite));
    }

    @Override
    default TargetsEvaluation withoutCurves() {
        return each((name, target) -> target.withoutCurves());
    }

    @Override
    default TargetsEvaluation headline() {
        return with(null);
    }

    @Override
    default TargetsEvaluation beside(Evaluation perceptron) {
        Map<String, Evaluation> others = ((TargetsEvaluation) perceptron).targets();
        return others == null
                ? this
                : each((name, target) -> target.beside(Objects.requireNonNull(others.get(name), name)));
    }

    @Override
    default boolean agreesWith(Evaluation earlier) {
        return earlier instanceof TargetsEvaluation other
                && headline().equals(other.headline())
                && agree(targets(), other.targets());
    }

    /** In their order, and no longer changed by anybody. */
    static @Nullable Map<String, Evaluation> copy(@Nullable Map<String, ? extends Evaluation> targets) {
        return targets == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    private TargetsEvaluation each(BiFunction<String, Evaluation, Evaluation> change) {
        Map<String, Evaluation> targets = targets();
        if (targets == null) {
            return this;
        }
        Map<String, Evaluation> changed = new LinkedHashMap<>(targets);
        changed.replaceAll(change);
        return with(changed);
    }

    private static boolean agree(@Nullable Map<String, Evaluation> now, @Nullable Map<String, Evaluation> earlier) {
        if (now == null || earlier == null) {
            return now == earlier;
        }
        return List.copyOf(now.keySet()).equals(List.copyOf(earlier.keySet()))
                && now.entrySet().stream()
                        .allMatch(target -> target.getValue()
                                .agreesWith(Objects.requireNonNull(earlier.get(target.getKey()), target.getKey())));
    }
}
