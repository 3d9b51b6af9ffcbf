package io.twostep.matrix;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Where {@link BlasFusedAffine} is of use: what a native library is found by trial to do. */
final class BlasFusion {

    /** A row of fewer is made by {@code sgemv} in no time, and its margins would be larger than it. */
    private static final int FEWEST_OUTPUTS = 32;

    /** Larger maps are asked for few rows at a time. */
    private static final int MOST = 1 << 14;

    /** How many terms the library may add without a cut, to be tried. */
    private static final int[] DEPTHS = {320, 256, 192, 128, 64};

    private record Trial(int terms, int columns, int depth) {}

    private final BLAS blas;
    private final boolean fuses;
    private final Map<Trial, Boolean> trials = new ConcurrentHashMap<>();

    BlasFusion(BLAS blas) {
        this.blas = blas;
        int few = BlasFusedPanel.EIGHT;
        // Where Java has no such instruction, which takes it a thousand times as long, the library uses none either.
        this.fuses = BlasFusedPanel.agrees(blas, few, few, few, BlasFusedPanel.TWELVE);
    }

    /** Whether the library fuses, and a map of that size is worth it. */
    boolean suits(int inputs, int outputs) {
        return fuses && outputs >= FEWEST_OUTPUTS && outputs <= MOST && inputs <= MOST;
    }

    /** The map, or null if it does not suit, or the library's sums are none that Java makes. */
    @Nullable
    Affine frozen(FMatrixRMaj weights, FMatrixRMaj biases) {
        int inputs = weights.numRows;
        int outputs = weights.numCols;
        if (!suits(inputs, outputs)) {
            return null;
        }
        return IntStream.of(DEPTHS)
                .map(most -> evenDepth(inputs, most))
                .filter(depth -> agrees(inputs, outputs, depth))
                .mapToObj(depth -> new BlasFusedAffine(blas, weights, biases, depth))
                .findFirst()
                .orElse(null);
    }

    private static int evenDepth(int inputs, int most) {
        int blocks = (inputs + most - 1) / most;
        int eights = (inputs + blocks * BlasFusedPanel.EIGHT - 1) / (blocks * BlasFusedPanel.EIGHT);
        return eights * BlasFusedPanel.EIGHT;
    }

    /** In a full panel and in the last; after a full block of terms, and after the last. */
    private boolean agrees(int inputs, int outputs, int depth) {
        int terms = Math.min(inputs, depth + inputs % depth);
        return IntStream.of(Math.min(outputs, BlasFusedPanel.COLUMNS), outputs % BlasFusedPanel.COLUMNS)
                .filter(columns -> columns > 0)
                .mapToObj(columns -> new Trial(terms, columns, depth))
                .allMatch(trial -> trials.computeIfAbsent(trial, this::agrees));
    }

    private boolean agrees(Trial trial) {
        return BlasFusedPanel.agrees(blas, trial.terms, trial.columns, trial.depth, BlasFusedPanel.MOST_ROWS);
    }
}
