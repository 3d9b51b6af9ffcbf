package io.twostep.features;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * What the training rows teach about the columns.
 *
 * @param encoder for every row that is not one of them; kept with the model
 * @param outOfFold what is different for the training rows themselves
 */
public record FittedFeatures(FeatureEncoder encoder, OutOfFold outOfFold) {

    /**
     * Learns from the training rows, and from nothing else. One column at a time is held in memory, if the table is read
     * from elsewhere.
     *
     * @param names the columns to learn, in the order of the inputs
     * @param encoding how each becomes inputs
     * @param unseen what becomes of unseen categories where the encoding does not say so
     * @throws InvalidValueException if there is no row or no feature, or a column is not there or not finite; all
     *     that cannot be fitted are reported at once, with pointers of the form {@code /column}
     */
    public static FittedFeatures fit(
            TableSource table, TrainingRows rows, List<String> names, Encoding encoding, UnseenCategory unseen) {
        if (rows.isEmpty()) {
            throw new InvalidValueException(List.of(new Problem("", "there is no training row to learn from")));
        }
        Fitting fitting = new Fitting(rows, encoding, unseen);
        List<Problem> problems = new ArrayList<>();
        gather(problems, () -> table.forEachColumn(names, column -> gather(problems, () -> fitting.learn(column))));
        if (!problems.isEmpty()) {
            throw new InvalidValueException(problems);
        }
        return fitting.finish();
    }

    /** Lets work go on behind a problem. */
    private static void gather(List<Problem> problems, Runnable work) {
        try {
            work.run();
        } catch (InvalidValueException e) {
            problems.addAll(e.problems());
        }
    }

    /** The features learned so far. */
    private static final class Fitting {

        private final TrainingRows rows;
        private final Encoding encoding;
        private final UnseenCategory unseen;
        private final List<Feature> features = new ArrayList<>();
        private final List<OutOfFold.Column> folded = new ArrayList<>();
        private int inputs;

        Fitting(TrainingRows rows, Encoding encoding, UnseenCategory unseen) {
            this.rows = rows;
            this.encoding = encoding;
            this.unseen = unseen;
        }

        void learn(ColumnData column) {
            ColumnData known = rows.of(column);
            ColumnPolicy policy = encoding.policy(column.name(), unseen);
            if (known instanceof Texts texts
                    && policy.dates(texts) == null
                    && policy.category() instanceof CategoryEncoding.TargetMean mean) {
                TargetMeansFit fit = new TargetMeansFit(texts, mean, policy.unseen(), rows);
                folded.add(new OutOfFold.Column(inputs, fit.withoutEachFold()));
                add(fit.all());
            } else {
                add(Feature.fit(known, policy));
            }
        }

        FittedFeatures finish() {
            return new FittedFeatures(new FeatureEncoder(features), new OutOfFold(folded, rows.folds()));
        }

        private void add(Feature feature) {
            features.add(feature);
            inputs += feature.width();
        }
    }
}
