package io.twostep.preflight;

import java.util.List;

/**
 * What a practitioner would look into before such a training.
 *
 * @param columns that it is about, the first hundred of many; none for the training as a whole
 */
public record PreflightWarning(Kind kind, List<String> columns, String detail) {

    public PreflightWarning {
        columns = List.copyOf(columns);
    }

    /** About the training as a whole. */
    PreflightWarning(Kind kind, String detail) {
        this(kind, List.of(), detail);
    }

    /** What is odd; the first four as in the profile of the dataset. */
    public enum Kind {
        /** The same value in all rows, or none. */
        CONSTANT,
        /** Nearly another value in every row. */
        IDENTIFIER_LIKE,
        /** Many categories. */
        HIGH_CARDINALITY,
        /** Most rows lack it. */
        MOSTLY_MISSING,
        /** Classes that very few rows have. */
        RARE_CLASSES,
        /** Rows that cannot be learned from. */
        ROWS_WITHOUT_TARGET,
        /** The network can learn the rows by heart. */
        MORE_PARAMETERS_THAN_ROWS,
        /** Nothing tells when it does. */
        NO_VALIDATION_ROWS,
        /** What they tell is mostly chance. */
        FEW_VALIDATION_ROWS,
        /** The training may end before anything is learned. */
        FEW_STEPS,
        /** Larger than is ever of use with such an optimiser. */
        LARGE_LEARNING_RATE,
        /** The loss was lost in infinity when it was tried. */
        DIVERGES,
        /** Rows that were not looked at may bring more inputs. */
        MORE_INPUTS_POSSIBLE,
        /** The rows that were looked at cannot be learned from by themselves. */
        MAY_FAIL,
        /** Nobody knows how long an epoch takes. */
        NOT_MEASURED
    }
}
