package io.twostep.training;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.SplitPart;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much each row counts: the weight of its class times the weight that it brings along. A weight multiplies the loss
 * and the gradient of its row.
 *
 * <p>Weights are relative: they are scaled to a mean of 1 over the rows of each part, so that a loss that is a mean is the
 * weighted mean, {@code sum(w l) / sum(w)}, and a learning rate means what it meant without weights. A batch is divided by
 * its number of rows, as in Keras; so the gradients of an epoch's batches, if these are of one size, add up to a multiple
 * of that of all rows. PyTorch's {@code CrossEntropyLoss(weight, reduction="mean")} divides each batch by its own sum of
 * weights: the same for a full batch, but in small ones it takes back some of the weights, and in batches of one row all
 * of them.
 */
final class RowWeights {

    /** Products of two such weights, and sums of any number of products, are finite. */
    private static final double MOST = 1e100;

    private final TargetEncoder target;
    private final Table wanted;
    private final @Nullable Numbers sample;
    private final double @Nullable [] classes;
    private final RowPlaces places;

    /**
     * @param wanted the columns of the target
     * @param sample the rows' own weights; null if they have none
     * @param training numbers of the training rows
     * @param places of the rows
     * @throws InvalidValueException with a pointer below {@code /class_weights}
     */
    RowWeights(
            TargetEncoder target,
            Table wanted,
            @Nullable ClassWeights classes,
            @Nullable Numbers sample,
            int[] training,
            RowPlaces places) {
        this.target = target;
        this.wanted = wanted;
        this.sample = sample;
        this.classes = classes == null ? null : weights(classes, training);
        this.places = places;
    }

    /**
     * The weights of a part's rows. One may be too small, beside the others, to count at all: it is 0.
     *
     * @throws InvalidValueException with pointer {@code /sample_weight} or {@code /class_weights}
     */
    float[] of(int[] rows, SplitPart part) {
        double[] weights = weights(rows);
        double sum = DoubleStream.of(weights).sum();
        if (rows.length > 0 && sum == 0) {
            throw new InvalidValueException(
                    sample == null ? "class_weights" : "sample_weight",
                    "leaves no " + part.label() + " row a weight above 0");
        }
        float[] scaled = new float[rows.length];
        for (int i = 0; i < scaled.length; i++) { // divided first: a share is finite, however small the sum
            scaled[i] = (float) (weights[i] / sum * scaled.length);
        }
        return scaled;
    }

    private double[] weights(ClassWeights classes, int[] training) {
        if (!(target instanceof ClassTarget known)) {
            throw new InvalidValueException("class_weights", "asks for the classes of one target");
        }
        ColumnData column = wanted.column(known.column());
        long[] rows = new long[known.labels().size()];
        IntStream.of(known.labelIndices(column.rows(training))).forEach(label -> rows[label]++);
        return classes.of(known.labels(), rows);
    }

    private double[] weights(int[] rows) {
        double[] weights = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = sample == null ? 1 : checked(sample, rows[i]);
        }
        if (classes != null) {
            ClassTarget known = (ClassTarget) target;
            int[] labels = known.labelIndices(wanted.column(known.column()).rows(rows));
            for (int i = 0; i < rows.length; i++) {
                weights[i] *= classes[labels[i]];
            }
        }
        return weights;
    }

    private double checked(Numbers sample, int row) {
        double weight = sample.values()[row];
        if (weight >= 0 && weight <= MOST) {
            return weight;
        }
        throw new InvalidValueException(
                "sample_weight",
                "column %s must have a number from 0 to 1e100 in each row but %s in %s"
                        .formatted(
                                Excerpt.quoted(sample.name()),
                                Double.isNaN(weight) ? "has none" : "has " + weight,
                                places.told(row)));
    }
}
