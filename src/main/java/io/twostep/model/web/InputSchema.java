package io.twostep.model.web;

import io.twostep.features.Categorical;
import io.twostep.features.ClassTarget;
import io.twostep.features.DateFeature;
import io.twostep.features.DateOrder;
import io.twostep.features.Feature;
import io.twostep.features.HashedCategory;
import io.twostep.features.Notation;
import io.twostep.features.Pool;
import io.twostep.features.ScaledNumber;
import io.twostep.features.SingleTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.features.TargetMeans;
import io.twostep.features.UnseenCategory;
import io.twostep.model.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to send to a model, and what comes back.
 *
 * @param columns in the order in which an array holds their values
 * @param notation of values that are sent as text
 */
record InputSchema(
        String model,
        int version,
        List<Column> columns,
        Notation notation,
        Answer prediction,
        Map<String, String> links) {

    /** Of more categories only the first are told. */
    static final int MOST_CATEGORIES = 1_000;

    /**
     * A column to send.
     *
     * @param type {@code number}, {@code date} or {@code category}
     * @param min the least number of the training rows, if it is known
     * @param max the largest one, likewise
     * @param categories those of the training rows that the model remembers, the first ones if there are many; null for
     *     numbers and where it remembers none
     * @param categoryCount how many there are
     * @param unseen what becomes of another category
     * @param missing what becomes of a missing value
     * @param dateOrder how dates are written; null if it is no column of dates
     * @param earliest the first date of the training rows in UTC, if there was one
     * @param latest the last one, likewise
     */
    record Column(
            String name,
            String type,
            @Nullable Double min,
            @Nullable Double max,
            @Nullable List<String> categories,
            @Nullable Integer categoryCount,
            @Nullable UnseenCategory unseen,
            MissingValue missing,
            @Nullable DateOrder dateOrder,
            @Nullable Instant earliest,
            @Nullable Instant latest) {

        static Column of(Feature feature) {
            if (feature.takesNumbers()) {
                boolean learned = feature instanceof ScaledNumber scaled && scaled.indicator();
                return new Column(
                        feature.name(),
                        "number",
                        feature.min(),
                        feature.max(),
                        null,
                        null,
                        null,
                        learned ? MissingValue.LEARNED : MissingValue.FILLED,
                        null,
                        null,
                        null);
            }
            if (feature instanceof DateFeature dates) {
                return date(dates);
            }
            if (feature instanceof Categorical known) {
                boolean learned = known.missing();
                return text(known.name(), all(known.categories(), known.pool()), known.unseen(), learned, known.pool());
            }
            if (feature instanceof TargetMeans known) {
                boolean learned = known.missing() != null;
                return text(known.name(), all(known.categories(), known.pool()), known.unseen(), learned, known.pool());
            }
            boolean learned = feature instanceof HashedCategory hashed && hashed.missing();
            return text(feature.name(), null, UnseenCategory.OTHER, learned, null);
        }

        private static Column text(
                String name,
                @Nullable List<String> categories,
                UnseenCategory unseen,
                boolean learned,
                @Nullable Pool pool) {
            int forgotten = pool == null || pool.members() != null ? 0 : pool.categories();
            return new Column(
                    name,
                    "category",
                    null,
                    null,
                    categories == null ? null : categories.subList(0, Math.min(MOST_CATEGORIES, categories.size())),
                    categories == null ? null : categories.size() + forgotten,
                    unseen,
                    learned ? MissingValue.LEARNED : MissingValue.UNKNOWN,
                    null,
                    null,
                    null);
        }

        private static Column date(DateFeature dates) {
            return new Column(
                    dates.name(),
                    "date",
                    null,
                    null,
                    null,
                    null,
                    null,
                    dates.missing() ? MissingValue.LEARNED : MissingValue.UNKNOWN,
                    dates.order(),
                    dates.earliest(),
                    dates.latest());
        }

        /** Those with an input of their own, and the pooled ones where they are remembered. */
        private static List<String> all(List<String> kept, @Nullable Pool pool) {
            return pool == null || pool.members() == null
                    ? kept
                    : Stream.concat(kept.stream(), pool.members().stream())
                            .sorted()
                            .toList();
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
     * @param column that is predicted; null where there are several
     * @param type {@code class}, with the probabilities of all, {@code number}, or {@code targets}
     * @param classes the labels; null for all else
     * @param targets what comes back of each column; null where there is one
     */
    record Answer(
            @Nullable String column,
            String type,
            @Nullable List<String> classes,
            @Nullable List<Answer> targets) {

        static Answer of(TargetEncoder target) {
            List<Answer> answers = target.targets().stream().map(Answer::of).toList();
            return answers.size() == 1 ? answers.get(0) : new Answer(null, "targets", null, answers);
        }

        private static Answer of(SingleTarget target) {
            return target instanceof ClassTarget known
                    ? new Answer(known.column(), "class", known.labels(), null)
                    : new Answer(target.column(), "number", null, null);
        }
    }

    static InputSchema of(ModelVersion model) {
        return new InputSchema(
                model.name(),
                model.version(),
                model.schema().features().features().stream().map(Column::of).toList(),
                model.schema().notation(),
                Answer.of(model.schema().target()),
                Links.of(model));
    }
}
