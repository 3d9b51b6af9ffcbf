package io.twostep.prediction;

import java.util.Locale;

/**
 * Something about a value that the model can take, but has learned nothing or little about.
 *
 * @param instance number of the row in its request, from 0
 * @param column position of the column among those of the model
 */
public record Warning(int instance, int column, Kind kind) {

    public enum Kind {
        /** There is no value. */
        MISSING,
        /** No training row had the category. */
        UNSEEN_CATEGORY,
        /** The number is less or more than all of the training rows. */
        OUT_OF_RANGE;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** The name used on the wire, as in {@code out_of_range}. */
        public String label() {
            return label;
        }
    }
}
