package io.twostep.prediction;

import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/** The answer to one row. */
public sealed interface Prediction {

    /**
     * A class.
     *
     * @param label the most probable one
     * @param probabilities of every label, in the model's order
     */
    record OfClass(String label, Map<String, Double> probabilities) implements Prediction {

        static OfClass of(ClassTarget classes, FMatrixRMaj answers, int row) {
            Classification decoded = classes.decode(answers, row);
            Map<String, Double> probabilities = new LinkedHashMap<>();
            for (int i = 0; i < decoded.probabilities().length; i++) {
                probabilities.put(classes.labels().get(i), decoded.probabilities()[i]);
            }
            return new OfClass(decoded.label(), probabilities);
        }
    }

    /** A number, in the units of the target. */
    record OfNumber(double value) implements Prediction {}
}
