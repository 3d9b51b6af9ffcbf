package io.twostep.prediction;

import io.twostep.error.Excerpt;
import io.twostep.features.Feature;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberScaling;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns that a model reads, by position and by name, and where each lies in a row of inputs. Immutable.
 *
 * <p>What is needed of each number lies in arrays: the features themselves, spread over the heap, have left the cache by
 * the time the next row comes, and fetching 784 of them takes some 15 µs, longer than the network; of arrays it takes 6.
 */
public final class InputColumns {

    private final Feature[] features;
    private final List<String> names;
    private final boolean[] numeric;
    private final double[] low;
    private final double[] high;
    private final double[] center;
    private final double[] divisor;
    private final int[] firstInput;
    private final Map<String, Integer> positions = new HashMap<>();
    private final float[] missing;

    InputColumns(FeatureEncoder encoder) {
        features = encoder.features().toArray(Feature[]::new);
        names = encoder.features().stream().map(Feature::name).toList();
        numeric = new boolean[features.length];
        low = new double[features.length];
        high = new double[features.length];
        center = new double[features.length];
        divisor = new double[features.length];
        firstInput = new int[features.length];
        missing = new float[encoder.width()];
        int input = 0;
        for (int i = 0; i < features.length; i++) {
            positions.put(names.get(i), i);
            numeric[i] = features[i].takesNumbers();
            low[i] = orElse(features[i].min(), Double.NEGATIVE_INFINITY);
            high[i] = orElse(features[i].max(), Double.POSITIVE_INFINITY);
            NumberScaling.Line line = features[i].line();
            center[i] = line == null ? Double.NaN : line.center();
            divisor[i] = line == null ? Double.NaN : line.divisor();
            firstInput[i] = input;
            encodeMissing(features[i], input);
            input += features[i].width();
        }
    }

    public int count() {
        return features.length;
    }

    /** In their order. */
    public List<String> names() {
        return names;
    }

    public String name(int position) {
        return names.get(position);
    }

    /** Where the column of that name stands, or -1. */
    public int position(String name) {
        return positions.getOrDefault(name, -1);
    }

    /** Whether the model takes numbers in that column; else it takes text. */
    public boolean isNumeric(int position) {
        return numeric[position];
    }

    /** Inputs of a row. */
    int inputs() {
        return missing.length;
    }

    /** Writes the inputs of a row in which everything is missing, from {@code at} on. */
    void encodeMissing(float[] x, int at) {
        System.arraycopy(missing, 0, x, at, missing.length);
    }

    /** Whether a number is less or more than all of the training rows; not if it is NaN, or their range is not known. */
    boolean isOutOfRange(int position, double value) {
        return value < low[position] || value > high[position];
    }

    /** The same for a value of a column of text. */
    boolean isOutOfRange(int position, String value) {
        return features[position].isOutOfRange(value);
    }

    /** Whether all categories that training rows had in a text column are known. */
    boolean remembersCategories(int position) {
        return features[position].remembersCategories();
    }

    /** Whether it is known that training rows had the category in a text column. */
    boolean hasSeen(int position, String category) {
        return features[position].hasSeen(category);
    }

    /** Writes the inputs of one value in the row that begins at {@code row}; the fault of the value, or null. */
    @Nullable
    String encode(int position, double value, float[] x, int row) {
        int at = row + firstInput[position];
        float encoded = NumberScaling.Line.encode(value, center[position], divisor[position]);
        if (Float.isFinite(encoded)) {
            x[at] = encoded;
            return null;
        }
        return fault(position, features[position].encode(value, x, at));
    }

    /** The same for a category. */
    @Nullable
    String encode(int position, String value, float[] x, int row) {
        return fault(position, features[position].encode(value, x, row + firstInput[position]));
    }

    /** What is wrong with a value, and in which column; null if nothing is. */
    @Nullable
    String fault(int position, @Nullable String fault) {
        return fault == null ? null : "column " + Excerpt.quoted(name(position)) + ": " + fault;
    }

    private static double orElse(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    private void encodeMissing(Feature feature, int input) {
        if (feature.takesNumbers()) {
            feature.encode(Double.NaN, missing, input);
        } else {
            feature.encode(null, missing, input);
        }
    }
}
