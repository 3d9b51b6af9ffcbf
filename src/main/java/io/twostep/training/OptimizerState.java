package io.twostep.training;

import io.twostep.matrix.Kernels;
import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * What an optimiser remembers between steps: how many it made, some numbers for each parameter, and some for all of them
 * together.
 */
public final class OptimizerState {

    private final List<List<FMatrixRMaj>> slots;
    private final double[] numbers;
    private long steps;
    private double momentumProduct = 1;

    // What the present step has in common for all parameters.
    private double learningRate;
    private float stepSize;
    private float gradientStep;
    private float epsilon;

    private OptimizerState(List<List<FMatrixRMaj>> slots, int numbers) {
        this.slots = List.copyOf(slots);
        this.numbers = new double[numbers];
    }

    static OptimizerState zeros(Parameters parameters, int slots, int numbers) {
        List<List<FMatrixRMaj>> empty = new ArrayList<>();
        for (int slot = 0; slot < slots; slot++) {
            empty.add(parameters.matrices().stream()
                    .map(matrix -> new FMatrixRMaj(matrix.numRows, matrix.numCols))
                    .toList());
        }
        return new OptimizerState(empty, numbers);
    }

    /** Steps made so far. */
    public long steps() {
        return steps;
    }

    /** Goes on after so many steps. */
    void resume(long stepsMade) {
        steps = stepsMade;
    }

    /**
     * Begins a step, as long as the learning rate says.
     *
     * @return its number, 1 for the first
     */
    long begin(double alpha) {
        learningRate = alpha;
        stepSize = (float) alpha;
        return ++steps;
    }

    /** The present step's length and the epsilon that goes with it, if they are not what they are called. */
    void set(float length, float small) {
        stepSize = length;
        epsilon = small;
    }

    /** How far the present step goes along its own gradient, beside a mean of many. */
    void setGradientStep(float length) {
        gradientStep = length;
    }

    /** Alpha of the present step, or the last one. */
    double learningRate() {
        return learningRate;
    }

    float stepSize() {
        return stepSize;
    }

    float gradientStep() {
        return gradientStep;
    }

    float epsilon() {
        return epsilon;
    }

    /** The product of the momenta of all steps, where they change from step to step. */
    double momentumProduct() {
        return momentumProduct;
    }

    void setMomentumProduct(double product) {
        momentumProduct = product;
    }

    /** The numbers that are remembered for all parameters together, to be read and changed. */
    double[] numbers() {
        return numbers;
    }

    /** One number for each parameter, in the order and shapes of {@link Parameters#matrices()}. */
    List<FMatrixRMaj> slot(int index) {
        return slots.get(index);
    }

    /** All slots, each as {@link #slot} tells it. */
    List<List<FMatrixRMaj>> slots() {
        return slots;
    }

    /** Whether no number is an infinity or not-a-number. */
    boolean allFinite() {
        for (List<FMatrixRMaj> slot : slots) {
            for (FMatrixRMaj matrix : slot) {
                if (!Kernels.allFinite(matrix)) {
                    return false;
                }
            }
        }
        return true;
    }
}
