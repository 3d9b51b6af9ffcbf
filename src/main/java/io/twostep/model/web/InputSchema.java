package io.twostep.model.web;

import io.twostep.features.Categorical;
import io.twostep.features.ClassTarget;
import io.twostep.features.Feature;
import io.twostep.features.TargetEncoder;
import io.twostep.features.UnseenCategory;
import io.twostep.model.ModelVersion;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to send to a model, and what comes back.
 *
 * @param columns in the order in which an array holds their values
 */
record InputSchema(String model, int version, List<Column> columns, Answer prediction, Map<String, String> links) {

    /** Of more categories only the first are told. */
    static final int MOST_CATEGORIES = 1_000;

    /**
     * A column to send.
     *
     * @param type {@code number} or {@code category}
     * @param min the least number of the training rows, if it is known
     * @param max the largest one, likewise
     * @param categories those of the training rows, the first ones if there are many; null for numbers
     * @param categoryCount how many there are
     * @param unseen what becomes of another category
     * @param missing what becomes of a missing value
     */
    record Column(
            String name,
            String type,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable List<String> categories,
            @Nullable Integer categoryCount,
            @Nullable UnseenCategory unseen,
            MissingValue missing) {

        static Column of(Feature feature) {
            if (feature.takesNumbers()) {
                return new Column(
                        feature.name(), "number", feature.min(), feature.max(), null, null, null, MissingValue.FILLED);
            }
            return feature instanceof Categorical known
                    ? of(known)
                    : new Column(
                            feature.name(),
                            "category",
                            null,
                            null,
                            null,
                            null,
                            UnseenCategory.OTHER,
                            MissingValue.UNKNOWN);
        }

        private static Column of(Categorical feature) {
            List<String> categories = feature.categories();
            return new Column(
                    feature.name(),
                    "category",
                    null,
                    null,
                    categories.subList(0, Math.min(MOST_CATEGORIES, categories.size())),
                    categories.size(),
                    feature.unseen(),
                    feature.missing() ? MissingValue.LEARNED : MissingValue.UNKNOWN);
        }
    }

    /** What becomes of a missing value. None is refused. */
    enum MissingValue {
        /** A number that training found stands for it. */
        FILLED,
        /** Training rows lacked the value too: it has an input of its own. */
        LEARNED,
        /** No training row lacked it: the inputs of the column are 0. */
        UNKNOWN
    }

    /**
     * What comes back.
     *
     * @param type {@code class}, with the probabilities of all, or {@code number}
     * @param classes the labels; null for a number
     */
    record Answer(String column, String type, @Nullable List<String> classes) {

        static Answer of(TargetEncoder target) {
            return target instanceof ClassTarget known
                    ? new Answer(known.column(), "class", known.labels())
                    : new Answer(target.column(), "number", null);
        }
    }

    static InputSchema of(ModelVersion model) {
        return new InputSchema(
                model.name(),
                model.version(),
                model.schema().features().features().stream().map(Column::of).toList(),
                Answer.of(model.schema().target()),
                Links.of(model));
    }
}
