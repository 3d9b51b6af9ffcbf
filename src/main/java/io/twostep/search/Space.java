package io.twostep.search;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is searched: places in the training request, and the values that each may take.
 *
 * @param axes by JSON pointer (RFC 6901) into the training request
 */
public record Space(@JsonValue Map<String, Axis> axes) {

    static final int MOST_AXES = 32;

    /** Of the values of one trial, as text. */
    static final int LONGEST_SETTINGS = 4000;

    /** Where chance may draw the same values again, it is asked again so often. */
    private static final int DRAWS_A_TRIAL = 10;

    /** Fields that make no difference to the rows by which trials are compared. */
    private static final List<String> FIELDS = List.of(
            "network",
            "features",
            "exclude",
            "unseen",
            "encoding",
            "class_weights",
            "epochs",
            "batch_size",
            "optimizer",
            "schedule",
            "clipping",
            "regularization",
            "stop");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Space {
        if (axes.isEmpty() || axes.size() > MOST_AXES) {
            throw new InvalidValueException(
                    List.of(new Problem("", "must name 1 to " + MOST_AXES + " places but names " + axes.size())));
        }
        InvalidValueException.throwIfAny(axes.entrySet().stream()
                .map(axis -> problem(axis.getKey(), axis.getValue()))
                .toArray(Problem[]::new));
        axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
        requireApart(List.copyOf(axes.keySet()));
        requireShort(axes);
    }

    private static @Nullable Problem problem(String pointer, @Nullable Axis axis) {
        if (axis == null) {
            return at(pointer, "must not be null");
        }
        if (!JobTemplate.isPointer(pointer)) {
            return at(pointer, "must be a JSON pointer into job, such as /optimizer/learning_rate");
        }
        String field = JobTemplate.tokens(pointer).get(0);
        return FIELDS.contains(field)
                ? null
                : at(
                        pointer,
                        "must point into one of " + String.join(", ", FIELDS)
                                + ": all trials are for the same rows and the same model");
    }

    /** Two of which one holds the other would have the order decide. */
    private static void requireApart(List<String> pointers) {
        InvalidValueException.throwIfAny(pointers.stream()
                .filter(pointer -> pointers.stream().anyMatch(other -> pointer.startsWith(other + "/")))
                .map(pointer -> at(pointer, "lies within another place that is searched"))
                .toArray(Problem[]::new));
    }

    private static void requireShort(Map<String, Axis> axes) {
        long length = 0;
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            length += axis.getKey().length()
                    + axis.getValue().ends().stream()
                            .mapToInt(value -> value.toString().length())
                            .max()
                            .orElse(0);
        }
        if (length > LONGEST_SETTINGS) {
            throw new InvalidValueException(List.of(new Problem(
                    "",
                    "must let the pointers and values of a trial be at most " + LONGEST_SETTINGS
                            + " characters, but the longest are " + length)));
        }
    }

    /** A problem at an axis, as seen from the space. */
    static Problem at(String pointer, String detail) {
        return new Problem(pointer.length() > Excerpt.LONGEST * 4 ? "" : "/" + Problem.token(pointer), detail);
    }

    /**
     * Values drawn by chance: a pure function of the seed, so that each of them can be had again. No two are alike, so
     * that there are fewer where the space is small.
     */
    List<Settings> draw(int trials, long seed) {
        Set<Settings> drawn = new LinkedHashSet<>();
        for (int draw = 0; draw < DRAWS_A_TRIAL * trials && drawn.size() < trials; draw++) {
            RandomStream stream = RandomStream.of(seed, Purpose.SEARCH, draw);
            Map<String, JsonNode> values = new LinkedHashMap<>();
            axes.forEach((pointer, axis) -> values.put(pointer, axis.at(stream.nextDouble())));
            drawn.add(new Settings(values));
        }
        return List.copyOf(drawn);
    }

    /** How many combinations there are of values that can be counted; those that cannot count once. */
    long combinations() {
        long combinations = 1;
        for (Axis axis : axes.values()) {
            List<JsonNode> all = axis.all();
            combinations = Math.min(Integer.MAX_VALUE, combinations * (all == null ? 1 : all.size()));
        }
        return combinations;
    }

    /** The places whose values cannot be counted. */
    List<String> endless() {
        return axes.entrySet().stream()
                .filter(axis -> axis.getValue().all() == null)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Every combination, the values of the last place changing first. */
    List<Settings> grid() {
        List<Settings> grid = List.of(new Settings(Map.of()));
        for (Map.Entry<String, Axis> axis : axes.entrySet()) {
            List<JsonNode> all = axis.getValue().all();
            if (all == null) {
                throw new IllegalStateException("the values of " + axis.getKey() + " cannot be counted");
            }
            List<Settings> longer = new ArrayList<>();
            for (Settings begun : grid) {
                all.forEach(value -> longer.add(begun.with(axis.getKey(), value)));
            }
            grid = longer;
        }
        return grid;
    }

    /** The settings of a trial with each end of each axis in turn. */
    List<Settings> ends(Settings trial) {
        List<Settings> ends = new ArrayList<>();
        axes.forEach((pointer, axis) -> axis.ends().forEach(value -> ends.add(trial.with(pointer, value))));
        return ends;
    }
}
