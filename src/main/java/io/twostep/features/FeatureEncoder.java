package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;

/**
 * Rows of a table as rows of a matrix: what a model learned about its columns, kept with the model and applied to raw
 * values at prediction just as in training.
 *
 * @param features in the order of their inputs, at least one, each column once
 */
public record FeatureEncoder(@JsonValue List<Feature> features) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public FeatureEncoder {
        features = List.copyOf(features);
        if (features.isEmpty()) {
            throw new InvalidValueException("features", "must name at least one column");
        }
        Set<String> names = new HashSet<>();
        for (Feature feature : features) {
            if (!names.add(feature.name())) {
                throw new InvalidValueException("features", "names " + Excerpt.quoted(feature.name()) + " twice");
            }
        }
    }

    /** As {@link #fit(Table, List, UnseenCategory)}; categories unseen in training are {@link UnseenCategory#OTHER}. */
    public static FeatureEncoder fit(Table trainingRows, List<String> featureNames) {
        return fit(trainingRows, featureNames, UnseenCategory.OTHER);
    }

    /**
     * Learns the usual encoding from all rows of a table in memory.
     *
     * @throws InvalidValueException as {@link FittedFeatures#fit}
     */
    public static FeatureEncoder fit(Table trainingRows, List<String> featureNames, UnseenCategory unseen) {
        return FittedFeatures.fit(trainingRows, TrainingRows.all(trainingRows), featureNames, Encoding.DEFAULT, unseen)
                .encoder();
    }

    /** Number of inputs of the network: the widths of the features together. */
    public int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /** What each column of the matrix means; {@link #width()} names. */
    public List<String> inputNames() {
        return features.stream()
                .flatMap(feature -> feature.inputNames().stream())
                .toList();
    }

    /**
     * Encodes a table into the whole of a matrix.
     *
     * @param rows read; columns are found by name, others are ignored
     * @param x {@code [rows x width]}, all of it written
     * @throws InvalidValueException as {@link #encode(Table, FMatrixRMaj, int)}
     */
    public void encode(Table rows, FMatrixRMaj x) {
        if (x.numRows != rows.rows()) {
            throw new IllegalArgumentException("%d rows do not fill a matrix of %d".formatted(rows.rows(), x.numRows));
        }
        encode(rows, x, 0);
    }

    /**
     * Encodes a table into some rows of a matrix, so that a large one can be filled piece by piece.
     *
     * @param rows read; columns are found by name, others are ignored
     * @param x {@code [at least firstRow + rows x width]}; rows {@code firstRow .. firstRow + rows - 1} are written
     * @throws InvalidValueException if a column is not there or of the wrong kind (pointer {@code /column}), or a value
     *     has no finite encoding or is a refused category (pointer {@code /row/column}, the row counted from 0 within
     *     {@code rows}). The first problem of every column is reported; what was written of {@code x} is undefined then
     */
    public void encode(Table rows, FMatrixRMaj x, int firstRow) {
        requireRoom(rows, x, firstRow);
        List<Problem> problems = new ArrayList<>();
        int position = 0;
        int firstColumn = 0;
        for (Feature feature : features) {
            try {
                position = rows.position(feature.name(), position);
                feature.encode(rows.columns().get(position), x, firstRow, firstColumn);
                position++;
            } catch (InvalidValueException e) {
                problems.addAll(e.problems());
            }
            firstColumn += feature.width();
        }
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
    }

    private void requireRoom(Table rows, FMatrixRMaj x, int firstRow) {
        if (x.numCols != width()) {
            throw new IllegalArgumentException("%d inputs do not fit %d columns".formatted(width(), x.numCols));
        }
        if (firstRow < 0 || rows.rows() > x.numRows - firstRow) {
            throw new IllegalArgumentException("rows %d to %d do not fit a matrix of %d"
                    .formatted(firstRow, firstRow + rows.rows() - 1, x.numRows));
        }
    }
}
