package io.twostep.features;

import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The encoding of the training rows where it differs from that of all others: a mean of the target is that of the rows in
 * other folds. Were a row's own target among them, the network would learn to read it there, and find nothing at
 * prediction.
 */
public final class OutOfFold {

    /** Training rows are encoded as all others. */
    public static final OutOfFold NONE = new OutOfFold(List.of(), Folds.byRow(0));

    private final List<Column> columns;
    private final Folds folds;

    /** @param folds into which the rows fall */
    OutOfFold(List<Column> columns, Folds folds) {
        this.columns = List.copyOf(columns);
        this.folds = folds;
    }

    /**
     * One column of the kind.
     *
     * @param firstInput where its inputs begin
     * @param folds for the rows of each fold, what was learned from the others
     */
    record Column(int firstInput, List<TargetMeans> folds) {

        String name() {
            return folds.get(0).name();
        }
    }

    /**
     * Writes the inputs that differ over those that all rows have.
     *
     * @param rows training rows
     * @param numbers of each row in the table that was learned from
     * @param x {@code [rows x inputs]}, written in the columns that differ
     */
    public void encode(Table rows, int[] numbers, FMatrixRMaj x) {
        for (Column column : columns) {
            Texts texts = (Texts) rows.column(column.name());
            for (int row = 0; row < numbers.length; row++) {
                int fold = folds.of(numbers[row], column.folds().size());
                column.folds().get(fold).encode(texts.values()[row], x.data, row * x.numCols + column.firstInput());
            }
        }
    }
}
