package io.twostep.training;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import org.ejml.data.FMatrixRMaj;

/** Some of the rows of others, spread evenly: one of each run of as many, by chance. In their order. */
final class ExamplesSample implements Examples {

    private final Examples all;
    private final int[] rows;
    private final double totalWeight;

    private ExamplesSample(Examples all, int[] rows, double totalWeight) {
        this.all = all;
        this.rows = rows;
        this.totalWeight = totalWeight;
    }

    /**
     * At most so many rows; all of them where there are no more.
     *
     * @param seed decides on the rows
     */
    static Examples of(Examples all, int most, long seed) {
        if (all.rows() <= most) {
            return all;
        }
        RandomStream random = RandomStream.of(seed, Purpose.SAMPLE);
        double width = (double) all.rows() / most;
        int[] rows = new int[most];
        for (int i = 0; i < most; i++) {
            int first = (int) (i * width);
            int end = i + 1 == most ? all.rows() : (int) ((i + 1) * width);
            rows[i] = first + random.nextInt(end - first);
        }
        return new ExamplesSample(all, rows, weight(all, rows));
    }

    private static double weight(Examples all, int[] rows) {
        if (!all.isWeighted()) {
            return rows.length;
        }
        FMatrixRMaj weights = new FMatrixRMaj(rows.length, 1);
        all.gatherWeights(rows, 0, weights);
        double sum = 0;
        for (float weight : weights.data) {
            sum += weight;
        }
        return sum;
    }

    @Override
    public int rows() {
        return rows.length;
    }

    @Override
    public int inputs() {
        return all.inputs();
    }

    @Override
    public int outputs() {
        return all.outputs();
    }

    /** As the rows are in the order of others already, only runs of them are gathered. */
    @Override
    public void gather(int[] order, int from, FMatrixRMaj x, FMatrixRMaj y) {
        requireRun(order, from, x.numRows);
        all.gather(rows, x.numRows == 0 ? 0 : order[from], x, y);
    }

    @Override
    public void copy(int from, FMatrixRMaj x, FMatrixRMaj y) {
        all.gather(rows, from, x, y);
    }

    @Override
    public boolean isWeighted() {
        return all.isWeighted();
    }

    @Override
    public double totalWeight() {
        return totalWeight;
    }

    @Override
    public void gatherWeights(int[] order, int from, FMatrixRMaj weights) {
        requireRun(order, from, weights.numRows);
        all.gatherWeights(rows, weights.numRows == 0 ? 0 : order[from], weights);
    }

    @Override
    public void copyWeights(int from, FMatrixRMaj weights) {
        all.gatherWeights(rows, from, weights);
    }

    private static void requireRun(int[] order, int from, int count) {
        for (int i = from + 1; i < from + count; i++) {
            if (order[i] != order[i - 1] + 1) {
                throw new IllegalArgumentException("only rows that follow each other, but not " + order[i]);
            }
        }
    }
}
