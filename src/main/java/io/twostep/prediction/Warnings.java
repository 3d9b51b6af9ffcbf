package io.twostep.prediction;

import io.twostep.prediction.Warning.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is to be said of the values of a request, row by row in the order of the columns; a part of it if it is much. */
public final class Warnings {

    /** The longest list. */
    public static final int MOST = 1_000;

    /**
     * A kind of warning about one column.
     *
     * @param column position of the column among those of the model
     */
    public record Topic(int column, Kind kind) {}

    private final List<Warning> first = new ArrayList<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Topic, Integer> topics = new LinkedHashMap<>();
    private int count;

    void add(Kind kind, int instance, int column) {
        count++;
        counts.merge(kind, 1, Integer::sum);
        topics.merge(new Topic(column, kind), 1, Integer::sum);
        if (first.size() < MOST) {
            first.add(new Warning(instance, column, kind));
        }
    }

    void clear() {
        first.clear();
        counts.clear();
        topics.clear();
        count = 0;
    }

    /** The first ones, {@value #MOST} at most. */
    public List<Warning> first() {
        return Collections.unmodifiableList(first);
    }

    /** How many there are of each kind; without kinds of which there is none. */
    public Map<Kind, Integer> counts() {
        return Collections.unmodifiableMap(counts);
    }

    /** How many of each kind each column has, in the order of their first ones. */
    public Map<Topic, Integer> topics() {
        return Collections.unmodifiableMap(topics);
    }

    /** How many there are. */
    public int count() {
        return count;
    }
}
