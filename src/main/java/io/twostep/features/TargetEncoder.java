package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The columns to predict as outputs of a network, and outputs as predictions: fitted once on the training rows. Of several
 * targets each has as many outputs, in the order of {@link #targets}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface TargetEncoder permits ClassTarget, NumberTarget, NumbersTarget, LabelsTarget {

    /** Each column's own, at least one. */
    List<? extends SingleTarget> targets();

    /** What is predicted. */
    TargetKind kind();

    /** Names of the columns. */
    default List<String> columns() {
        return targets().stream().map(SingleTarget::column).toList();
    }

    /** How many outputs each target has of a matrix {@code [rows x outputs]}. */
    default int width(FMatrixRMaj outputs) {
        int count = targets().size();
        if (outputs.numCols % count != 0) {
            throw new IllegalArgumentException(outputs.numCols + " outputs do not fit " + count + " targets");
        }
        return outputs.numCols / count;
    }

    /**
     * Indices of the rows that {@link #encode} accepts, ascending: the others lack a target, or have an unknown label.
     *
     * @param rows all columns to predict, and maybe others
     */
    default int[] knownRows(Table rows) {
        List<? extends SingleTarget> targets = targets();
        int[] known = targets.get(0).knownRows(rows.column(targets.get(0).column()));
        for (SingleTarget target : targets.subList(1, targets.size())) {
            known = Rows.inBoth(known, target.knownRows(rows.column(target.column())));
        }
        return known;
    }

    /**
     * Writes the wanted outputs of some rows.
     *
     * @param rows all columns to predict, and maybe others; every row known
     * @param y {@code [rows x outputs]}, overwritten
     * @throws InvalidValueException with pointer {@code /row/column} at the first row that cannot be encoded
     */
    default void encode(Table rows, FMatrixRMaj y) {
        int width = width(y);
        int first = 0;
        for (SingleTarget target : targets()) {
            target.encode(rows.column(target.column()), y, first, width);
            first += width;
        }
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
