package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.error.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How much the rows of each class count.
 *
 * @param byLabel the weight of each class that is named, 1 for the others; null for {@code balanced}: {@code n / (k n_c)},
 *     with n training rows, n_c of them of the class, and k classes, so that all classes count alike. As
 *     {@code compute_class_weight("balanced", ...)} of scikit-learn, after King and Zeng, "Logistic Regression in Rare
 *     Events Data", Political Analysis 9 (2001)
 */
public record ClassWeights(@Nullable Map<String, Double> byLabel) {

    /** Every class counts as much as any other. */
    public static final ClassWeights BALANCED = new ClassWeights(null);

    private static final Range WEIGHT = Range.NOT_NEGATIVE.upTo(1e100);
    private static final String BALANCED_NAME = "balanced";

    public ClassWeights {
        if (byLabel != null) {
            requireWeights(byLabel);
            byLabel = Collections.unmodifiableMap(new TreeMap<>(byLabel));
        }
    }

    private static void requireWeights(Map<String, Double> byLabel) {
        if (byLabel.isEmpty()) {
            throw new InvalidValueException(List.of(new Problem("", "must name at least one class")));
        }
        InvalidValueException.throwIfAny(byLabel.entrySet().stream()
                .map(weight -> WEIGHT.problem(Problem.token(weight.getKey()), weight.getValue()))
                .toArray(Problem[]::new));
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ClassWeights of(Object said) {
        if (BALANCED_NAME.equals(said)) {
            return BALANCED;
        }
        if (!(said instanceof Map<?, ?> weights)) {
            throw new InvalidValueException(List.of(
                    new Problem("", "must be \"balanced\" or an object of labels and weights but was " + shown(said))));
        }
        Map<String, Double> byLabel = new TreeMap<>();
        List<Problem> problems = new ArrayList<>();
        weights.forEach((label, weight) -> {
            if (weight instanceof Number number) {
                byLabel.put(String.valueOf(label), number.doubleValue());
            } else {
                String pointer = "/" + Problem.token(String.valueOf(label));
                problems.add(new Problem(pointer, "must be a number but was " + shown(weight)));
            }
        });
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return new ClassWeights(byLabel);
    }

    private static String shown(@Nullable Object said) {
        return said instanceof String text ? Excerpt.quoted(text) : String.valueOf(said);
    }

    @JsonValue
    Object said() {
        return byLabel == null ? BALANCED_NAME : byLabel;
    }

    /**
     * The weight of each label.
     *
     * @param labels of the training rows
     * @param rows how many training rows have each of them
     * @throws InvalidValueException with pointers below {@code /class_weights} if a label is named that is none
     */
    double[] of(List<String> labels, long[] rows) {
        double[] weights = new double[labels.size()];
        if (byLabel == null) {
            double all = Arrays.stream(rows).sum();
            Arrays.setAll(weights, label -> all / ((double) rows.length * rows[label]));
            return weights;
        }
        InvalidValueException.throwIfAny(byLabel.keySet().stream()
                .filter(label -> !labels.contains(label))
                .map(label -> unknown(label, labels))
                .toArray(Problem[]::new));
        Arrays.setAll(weights, label -> byLabel.getOrDefault(labels.get(label), 1.0));
        return weights;
    }

    private static Problem unknown(String label, List<String> labels) {
        return new Problem(
                "/class_weights/" + Problem.token(label),
                Excerpt.quoted(label) + " is no class of the training rows" + Spelling.hint(label, labels));
    }
}
