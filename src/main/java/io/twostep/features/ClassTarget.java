package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * One of several labels. A network answers with one output for each label, or, if there are two, with a single one: the
 * probability of the second label.
 *
 * @param labels in the order of the outputs, at least two, distinct; as {@link #fit} finds them by size if all of them
 *     are numbers and by code point else
 */
@JsonTypeName("classes")
public record ClassTarget(String column, List<String> labels) implements TargetEncoder, SingleTarget {

    public ClassTarget {
        labels = List.copyOf(labels);
        if (labels.size() < 2 || new HashSet<>(labels).size() < labels.size()) {
            throw new InvalidValueException("labels", "must be at least two, and distinct");
        }
    }

    /**
     * Learns the labels of the training rows.
     *
     * @param trainingRows rows without a value are passed over; numbers become text, {@code 3.0} the label {@code 3}
     * @throws InvalidValueException with pointer {@code /target} if there are fewer than two rows or labels
     */
    public static ClassTarget fit(ColumnData trainingRows) {
        ColumnData present = TargetEncoder.present(trainingRows);
        List<String> labels = Labels.distinct(present);
        if (labels.size() < 2) {
            throw new InvalidValueException(
                    "target",
                    "column %s must have at least 2 classes in the training rows but all are %s"
                            .formatted(Excerpt.quoted(present.name()), Excerpt.quoted(labels.get(0))));
        }
        return new ClassTarget(present.name(), labels);
    }

    /** Whether every label is a number in the one form in which {@link #fit} writes it, so that it can stand for the label. */
    public boolean labelsAreNumbers() {
        return labels.stream().allMatch(Labels::isWrittenNumber);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CLASSIFICATION;
    }

    @Override
    public List<ClassTarget> targets() {
        return List.of(this);
    }

    @Override
    public int[] knownRows(ColumnData target) {
        Map<String, Integer> indices = indices();
        return IntStream.range(0, target.rows())
                .filter(row -> indices.containsKey(Labels.label(target, row)))
                .toArray();
    }

    /** {@inheritDoc} One-hot for {@code labels().size()} outputs; for a single one 1 at the second label, else 0. */
    @Override
    public void encode(ColumnData target, FMatrixRMaj y, int first, int width) {
        boolean single = isSingle(width);
        Map<String, Integer> indices = indices();
        for (int row = 0; row < target.rows(); row++) {
            int label = index(indices, target, row);
            int at = row * y.numCols + first;
            if (single) {
                y.data[at] = label;
            } else {
                Arrays.fill(y.data, at, at + width, 0);
                y.data[at + label] = 1;
            }
        }
    }

    /** The label of a row, known or not; empty where it is missing. */
    public Optional<String> label(ColumnData target, int row) {
        return Optional.ofNullable(Labels.label(target, row));
    }

    /** Index of the label of each row; every row known. */
    public int[] labelIndices(ColumnData target) {
        Map<String, Integer> indices = indices();
        return IntStream.range(0, target.rows())
                .map(row -> index(indices, target, row))
                .toArray();
    }

    /**
     * The most probable label of a row and the probabilities of all.
     *
     * @param a {@code [batch x outputs]}, the network's answer; finite; read
     */
    public Classification decode(FMatrixRMaj a, int row) {
        return decode(a, row, 0, a.numCols);
    }

    /**
     * The same from some of the outputs.
     *
     * @param first where they begin
     * @param width how many they are
     */
    public Classification decode(FMatrixRMaj a, int row, int first, int width) {
        return new Classification(labels.get(labelIndex(a, row, first, width)), probabilities(a, row, first, width));
    }

    /**
     * Index of the most probable label of a row, the first of several.
     *
     * @param a {@code [batch x outputs]}, the network's answer; finite; read
     */
    public int labelIndex(FMatrixRMaj a, int row) {
        return labelIndex(a, row, 0, a.numCols);
    }

    /** The same from some of the outputs, as {@link #decode(FMatrixRMaj, int, int, int)}. */
    public int labelIndex(FMatrixRMaj a, int row, int first, int width) {
        int at = row * a.numCols + first;
        if (isSingle(width)) {
            return a.data[at] > 0.5f ? 1 : 0;
        }
        int largest = 0;
        for (int label = 1; label < width; label++) {
            if (a.data[at + label] > a.data[at + largest]) {
                largest = label;
            }
        }
        return largest;
    }

    private double[] probabilities(FMatrixRMaj a, int row, int first, int width) {
        int at = row * a.numCols + first;
        if (isSingle(width)) {
            double second = a.data[at];
            return new double[] {1 - second, second};
        }
        double[] probabilities = new double[width];
        for (int label = 0; label < width; label++) {
            probabilities[label] = a.data[at + label];
        }
        return probabilities;
    }

    /** Whether so many outputs hold one probability a row, not one for each label. */
    private boolean isSingle(int width) {
        if (width != labels.size() && (width != 1 || labels.size() != 2)) {
            throw new IllegalArgumentException("%d outputs do not fit %d labels".formatted(width, labels.size()));
        }
        return width == 1;
    }

    private int index(Map<String, Integer> indices, ColumnData target, int row) {
        String label = Labels.label(target, row);
        Integer index = label == null ? null : indices.get(label);
        if (index == null) {
            String found = label == null ? "the label is missing" : Excerpt.quoted(label) + " is no label in training";
            throw Problems.inCell(row, column, found);
        }
        return index;
    }

    private Map<String, Integer> indices() {
        Map<String, Integer> indices = new HashMap<>();
        for (int index = 0; index < labels.size(); index++) {
            indices.put(labels.get(index), index);
        }
        return indices;
    }
}
