package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What decides which rows are learned from and which are not. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface SplitRule {

    /** The columns that decide. */
    default List<String> names() {
        return List.of();
    }

    /** What divides the rows by chance where the rule is about that. */
    default SplitRule divider() {
        return this;
    }

    /** Whether the rule leaves shares to choose. */
    default boolean takesShares() {
        return true;
    }

    /** Chance alone. */
    @JsonTypeName("random")
    record Random() implements SplitRule {}

    /** Chance, but each class has its share in each part. */
    @JsonTypeName("stratified")
    record Stratified() implements SplitRule {}

    /** Chance, but rows with the same value are in the same part: a customer, a patient, a machine. */
    @JsonTypeName("group")
    record Group(String column) implements SplitRule {
        @Override
        public List<String> names() {
            return List.of(column);
        }
    }

    /**
     * Folds, each of which has about as many rows as any other: one of them is for the test, of the others the share for
     * validation is watched, and the rest is learned from. So several trainings can test each row once.
     *
     * @param fold 1 for the first
     * @param by what divides the rows into folds, and then those for validation from the others; chance alone where nothing
     *     is said
     */
    @JsonTypeName("fold")
    record Fold(int fold, int folds, SplitRule by) implements SplitRule {

        public static final int MOST = 20;

        private static final Range FOLDS = Range.between(2, MOST);

        public Fold {
            Problem count = FOLDS.problem("folds", folds);
            InvalidValueException.throwIfAny(
                    count,
                    count == null ? Range.between(1, folds).problem("fold", fold) : null,
                    by instanceof Random || by instanceof Stratified || by instanceof Group
                            ? null
                            : new Problem("/by", "must be random, stratified or group"));
        }

        @JsonCreator
        static Fold of(int fold, int folds, @Nullable SplitRule by) {
            return new Fold(fold, folds, by == null ? new Random() : by);
        }

        @Override
        public List<String> names() {
            return by.names();
        }

        @Override
        public SplitRule divider() {
            return by;
        }
    }

    /** Time: the first rows are learned from, the last ones are for the test, validation lies between. */
    @JsonTypeName("time")
    record Time(String column) implements SplitRule {
        @Override
        public List<String> names() {
            return List.of(column);
        }
    }

    /** The column says {@code train}, {@code validation} or {@code test}. */
    @JsonTypeName("column")
    record Column(String column) implements SplitRule {
        @Override
        public List<String> names() {
            return List.of(column);
        }

        @Override
        public boolean takesShares() {
            return false;
        }
    }

    /**
     * Values of columns: rows that meet a condition are for its part, the others are learned from.
     *
     * @param validation null for no such part
     * @param test null for no such part
     */
    @JsonTypeName("rule")
    record Conditions(
            @Nullable RowCondition validation, @Nullable RowCondition test) implements SplitRule {

        public Conditions {
            if (validation == null && test == null) {
                throw new InvalidValueException(
                        List.of(new Problem("", "must say which rows validation or test means")));
            }
        }

        /** Which rows a part has; null for those that no condition means, or none. */
        public @Nullable RowCondition of(SplitPart part) {
            return switch (part) {
                case TRAINING -> null;
                case VALIDATION -> validation;
                case TEST -> test;
            };
        }

        @Override
        public List<String> names() {
            return Stream.of(validation, test)
                    .flatMap(Stream::ofNullable)
                    .map(RowCondition::column)
                    .distinct()
                    .toList();
        }

        @Override
        public boolean takesShares() {
            return false;
        }
    }
}
