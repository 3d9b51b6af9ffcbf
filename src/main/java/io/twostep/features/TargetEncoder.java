package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import org.ejml.data.FMatrixRMaj;

/** The column to predict as outputs of a network, and outputs as predictions: fitted once on the training rows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface TargetEncoder permits ClassTarget, NumberTarget {

    /** Name of the column. */
    String column();

    /** Indices of the rows that {@link #encode} accepts, ascending: the others have no target, or an unknown label. */
    int[] knownRows(ColumnData target);

    /**
     * Writes the wanted outputs of some rows of a batch.
     *
     * @param target read; every row known
     * @param y {@code [at least firstRow + rows x outputs]}; rows {@code firstRow .. firstRow + rows - 1} are written
     * @throws InvalidValueException with pointer {@code /row/column} at the first row that cannot be encoded
     */
    void encode(ColumnData target, FMatrixRMaj y, int firstRow);

    /** As {@link #encode(ColumnData, FMatrixRMaj, int)} from row 0 on. */
    default void encode(ColumnData target, FMatrixRMaj y) {
        encode(target, y, 0);
    }

    /**
     * Learns from the training rows; a number is standardised.
     *
     * @param trainingRows rows without a value are passed over
     * @throws InvalidValueException with pointer {@code /target} if the rows that have a value are fewer than two, of
     *     one class only, or not of that kind
     */
    static TargetEncoder fit(ColumnData trainingRows, TargetKind kind) {
        return switch (kind) {
            case CLASSIFICATION -> ClassTarget.fit(trainingRows);
            case REGRESSION -> NumberTarget.fit(trainingRows, true);
        };
    }

    /** The column without its missing values. */
    static ColumnData present(ColumnData trainingRows) {
        ColumnData present = trainingRows.rows(trainingRows.presentRows());
        if (present.rows() < 2) {
            throw new InvalidValueException(
                    "target",
                    "column %s must have a value in at least 2 training rows but has %d"
                            .formatted(Excerpt.quoted(present.name()), present.rows()));
        }
        return present;
    }
}
