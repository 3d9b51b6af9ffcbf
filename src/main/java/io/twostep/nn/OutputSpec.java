package io.twostep.nn;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.kind.Kinds;
import org.jspecify.annotations.Nullable;

/**
 * What a user says about the output layer; what is left out follows from the target.
 *
 * @param activation of the output units
 * @param loss to minimise
 * @param weights start of the output weights; Glorot-uniform where nothing is said
 * @param biases start of the output biases; zeros where nothing is said
 */
public record OutputSpec(
        @Nullable Activation activation,
        @Nullable Loss loss,
        @Nullable Initializer weights,
        @Nullable Initializer biases) {

    /** Nothing said: all follows from the target. */
    public static final OutputSpec FROM_TARGET = new OutputSpec(null, null, null, null);

    public OutputSpec {
        if (activation != null && loss != null && !loss.fits(activation)) {
            throw new InvalidValueException("loss", "does not fit the output's activation: " + pairs());
        }
    }

    public OutputSpec(@Nullable Activation activation, @Nullable Loss loss) {
        this(activation, loss, null, null);
    }

    /**
     * The output layer of a network that answers {@code task}.
     *
     * @throws InvalidValueException with pointers into the spec of the network, if they do not fit
     */
    public Output resolve(Task task) {
        if (task instanceof Task.Labels labels) {
            return forLabels(labels.count());
        }
        return task instanceof Task.Classes classes ? forClasses(classes.count()) : forNumbers(task.count());
    }

    /** Of each label a probability of its own, and the mean over rows and labels as PyTorch's BCEWithLogitsLoss. */
    private Output forLabels(int count) {
        if (activation != null && !(activation instanceof Activation.Sigmoid)) {
            throw invalid("activation", "must be sigmoid, since each of several targets has a probability of its own");
        }
        if (loss != null && !(loss instanceof Loss.BinaryCrossEntropy)) {
            throw invalid("loss", "must be binary_cross_entropy, since each of several targets is one of two classes");
        }
        return new Output(
                activation == null ? new Activation.Sigmoid() : activation,
                loss == null ? new Loss.BinaryCrossEntropy() : loss,
                count);
    }

    private Output forNumbers(int count) {
        Loss measure = loss == null ? new Loss.MeanSquaredError() : loss;
        if (activation instanceof Activation.Softmax) {
            throw invalid("activation", "softmax answers with classes, but the target is a number");
        }
        if (measure.ofClasses()) {
            throw invalid("loss", Kinds.nameOf(measure.getClass()) + " compares classes, but the target is a number");
        }
        return new Output(activation == null ? measure.usualOutput() : activation, measure, count);
    }

    private Output forClasses(int count) {
        Activation bend = activation == null ? classActivation(count) : activation;
        if (bend instanceof Activation.Softmax) {
            return new Output(bend, checked(bend, new Loss.CategoricalCrossEntropy()), count);
        }
        if (!(bend instanceof Activation.Sigmoid)) {
            throw invalid("activation", "must be softmax or sigmoid, since the target has classes");
        }
        if (count != 2) {
            throw invalid("activation", "sigmoid tells 2 classes apart, but the target has " + count + ": use softmax");
        }
        return new Output(bend, checked(bend, new Loss.BinaryCrossEntropy()), 1);
    }

    private Activation classActivation(int count) {
        boolean sigmoid = count == 2 && !(loss instanceof Loss.CategoricalCrossEntropy);
        return sigmoid ? new Activation.Sigmoid() : new Activation.Softmax();
    }

    private Loss checked(Activation bend, Loss usual) {
        Loss measure = loss == null ? usual : loss;
        if (!measure.fits(bend)) {
            throw invalid(
                    "loss",
                    "does not fit the target's classes: " + pairs()
                            + "; a target of few whole numbers is one of classes unless task is regression");
        }
        return measure;
    }

    private static String pairs() {
        return "categorical_cross_entropy goes with softmax, binary_cross_entropy with sigmoid, focal with either, "
                + "poisson with exponential or softplus, and the other losses with any activation but softmax";
    }

    private static InvalidValueException invalid(String field, String detail) {
        return new InvalidValueException(java.util.List.of(new Problem("/output/" + field, detail)));
    }

    /** The output layer, found. */
    public record Output(Activation activation, Loss loss, int units) {}
}
