package io.twostep.training;

import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/** What an optimiser remembers between steps: how many it made, and some numbers for each parameter. */
public final class OptimizerState {

    private final List<List<FMatrixRMaj>> slots;
    private long steps;
    private float stepSize;
    private float epsilon;

    private OptimizerState(List<List<FMatrixRMaj>> slots) {
        this.slots = List.copyOf(slots);
    }

    static OptimizerState zeros(Parameters parameters, int slots) {
        List<List<FMatrixRMaj>> empty = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            empty.add(parameters.matrices().stream()
                    .map(matrix -> new FMatrixRMaj(matrix.numRows, matrix.numCols))
                    .toList());
        }
        return new OptimizerState(empty);
    }

    /** Steps made so far. */
    public long steps() {
        return steps;
    }

    /** Goes on after so many steps. */
    void resume(long stepsMade) {
        steps = stepsMade;
    }

    /** Counts a step; the first is 1. */
    long nextStep() {
        return ++steps;
    }

    /** What the present step has in common for all parameters. */
    void set(float stepSize, float epsilon) {
        this.stepSize = stepSize;
        this.epsilon = epsilon;
    }

    float stepSize() {
        return stepSize;
    }

    float epsilon() {
        return epsilon;
    }

    /** One number for each parameter, in the order and shapes of {@link Parameters#matrices()}. */
    List<FMatrixRMaj> slot(int index) {
        return slots.get(index);
    }

    /** All slots, each as {@link #slot} tells it. */
    List<List<FMatrixRMaj>> slots() {
        return slots;
    }
}
