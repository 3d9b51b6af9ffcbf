package io.twostep.prediction;

import io.twostep.features.ColumnData;
import io.twostep.features.Feature;
import io.twostep.features.Numbers;
import io.twostep.features.Numeric;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers raw values row by row, whatever form they arrive in, into the columns that a model's encoder reads. A value
 * that is not set is missing.
 */
public final class InstanceTable {

    private final List<Feature> features;
    private final Map<String, Integer> positions = new HashMap<>();
    private final double[][] numbers;
    private final @Nullable String[][] texts;
    private int rows;

    public InstanceTable(List<Feature> features) {
        this.features = List.copyOf(features);
        this.numbers = new double[features.size()][];
        this.texts = new @Nullable String[features.size()][];
        for (int i = 0; i < features.size(); i++) {
            positions.put(features.get(i).name(), i);
            if (isNumeric(i)) {
                numbers[i] = new double[1];
            } else {
                texts[i] = new @Nullable String[1];
            }
        }
    }

    /** Names of the columns in their order. */
    public List<String> names() {
        return features.stream().map(Feature::name).toList();
    }

    public int width() {
        return features.size();
    }

    public int rows() {
        return rows;
    }

    /** Where the column of that name stands, or -1. */
    public int position(String name) {
        return positions.getOrDefault(name, -1);
    }

    /** Whether the model takes numbers in that column; else it takes text. */
    public boolean isNumeric(int position) {
        return features.get(position) instanceof Numeric;
    }

    /** Begins the next row, in which everything is missing. */
    public void startRow() {
        rows++;
        for (int i = 0; i < features.size(); i++) {
            if (isNumeric(i)) {
                numbers[i] = rows > numbers[i].length ? Arrays.copyOf(numbers[i], 2 * rows) : numbers[i];
                numbers[i][rows - 1] = Double.NaN;
            } else {
                texts[i] = rows > texts[i].length ? Arrays.copyOf(texts[i], 2 * rows) : texts[i];
                texts[i][rows - 1] = null;
            }
        }
    }

    /** Sets a numeric column of the present row. */
    public void set(int position, double value) {
        numbers[position][rows - 1] = value;
    }

    /** Sets a text column of the present row. */
    public void set(int position, String value) {
        texts[position][rows - 1] = value;
    }

    /** All rows so far. */
    public Table table() {
        List<ColumnData> columns = new ArrayList<>(features.size());
        for (int i = 0; i < features.size(); i++) {
            String name = features.get(i).name();
            columns.add(
                    isNumeric(i)
                            ? new Numbers(name, Arrays.copyOf(numbers[i], rows))
                            : new Texts(name, Arrays.copyOf(texts[i], rows)));
        }
        return new Table(columns);
    }
}
