package io.twostep.training;

import org.ejml.data.FMatrixRMaj;

/**
 * Rows that do not all count alike. Their weights are on the heap wherever the rows are kept, one number each, as is their
 * order in an epoch.
 */
final class WeightedExamples implements Examples {

    private final Examples rows;
    private final float[] weights;
    private final double total;

    /** @param weights one for each row; not copied */
    WeightedExamples(Examples rows, float[] weights) {
        if (weights.length != rows.rows()) {
            throw new IllegalArgumentException(weights.length + " weights do not fit " + rows.rows() + " rows");
        }
        this.rows = rows;
        this.weights = weights;
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        this.total = sum;
    }

    @Override
    public int rows() {
        return rows.rows();
    }

    @Override
    public int inputs() {
        return rows.inputs();
    }

    @Override
    public int outputs() {
        return rows.outputs();
    }

    @Override
    public void gather(int[] order, int from, FMatrixRMaj x, FMatrixRMaj y) {
        rows.gather(order, from, x, y);
    }

    @Override
    public void copy(int from, FMatrixRMaj x, FMatrixRMaj y) {
        rows.copy(from, x, y);
    }

    @Override
    public boolean isWeighted() {
        return true;
    }

    @Override
    public double totalWeight() {
        return total;
    }

    @Override
    public void gatherWeights(int[] order, int from, FMatrixRMaj batch) {
        for (int i = 0; i < batch.numRows; i++) {
            batch.data[i] = weights[order[from + i]];
        }
    }

    @Override
    public void copyWeights(int from, FMatrixRMaj batch) {
        System.arraycopy(weights, from, batch.data, 0, batch.numRows);
    }
}
