package io.twostep.nn;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Products;
import io.twostep.nn.Workspace.Buffers;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * Runs a network forward, and its derivative back from the last layer to the first by the chain rule.
 *
 * <p>For each layer, with X the output of the layer before:
 *
 * <pre>
 * forward   Z = XW + b              A = f(Z)                     slopes f'(Z) noted in the same sweep
 * backward  D = dLoss/dA * f'(Z)    dLoss/dW = X'D    dLoss/db = column sums of D    dLoss/dX = DW'
 * </pre>
 *
 * The backward pass takes X, A and f'(Z) from the workspace; it evaluates no activation again. Rumelhart, Hinton,
 * Williams: Learning Representations by Back-Propagating Errors, 1986.
 *
 * <p>Immutable; threads share it and bring their own {@link Workspace} and {@link Gradients}.
 */
public final class Backpropagation {

    private final Network network;
    private final Products products;
    private final Functions functions;
    private final boolean fused;

    public Backpropagation(Network network, Arithmetic arithmetic) {
        this.network = network;
        this.products = arithmetic.products();
        this.functions = arithmetic.functions();
        this.fused = network.loss().fusesWith(network.outputLayer().activation());
    }

    public Network network() {
        return network;
    }

    /**
     * The network's answers.
     *
     * @param x [rows x inputs], not changed
     * @param workspace overwritten
     * @return A of the last layer [rows x outputs]; belongs to the workspace, good until its next use
     */
    public FMatrixRMaj forward(Parameters parameters, FMatrixRMaj x, Workspace workspace) {
        FMatrixRMaj input = x;
        for (int i = 0; i < network.layers().size(); i++) {
            DenseTensors layer = parameters.layers().get(i);
            Buffers buffers = workspace.layer(i, x.numRows);
            FMatrixRMaj a = buffers.activations();
            products.multiply(input, layer.weights(), a);
            Kernels.addRow(a, layer.biases());
            if (!(network.layers().get(i).activation() instanceof Activation.Identity)) {
                network.layers().get(i).activation().activate(functions, a, buffers.slopes());
            }
            input = a;
        }
        return input;
    }

    /**
     * One forward and one backward pass.
     *
     * @param x [rows x inputs], not changed
     * @param y what is true [rows x outputs], not changed
     * @param workspace for training; overwritten
     * @param gradients overwritten
     * @return the loss's {@link Loss#total total} over these rows, before it is divided; the gradients are of the loss
     */
    public double lossAndGradients(
            Parameters parameters, FMatrixRMaj x, FMatrixRMaj y, Workspace workspace, Gradients gradients) {
        FMatrixRMaj predicted = forward(parameters, x, workspace);
        outputDelta(predicted, y, workspace);
        List<Layer> layers = network.layers();
        for (int i = layers.size() - 1; i >= 0; i--) {
            FMatrixRMaj delta = deltas(workspace, i, x.numRows);
            FMatrixRMaj input = i == 0 ? x : workspace.layer(i - 1, x.numRows).activations();
            DenseTensors gradient = gradients.layers().get(i);
            products.multiplyTransA(input, delta, gradient.weights());
            Kernels.columnSums(delta, gradient.biases());
            if (i > 0) {
                FMatrixRMaj before = deltas(workspace, i - 1, x.numRows);
                products.multiplyTransB(delta, parameters.layers().get(i).weights(), before);
                multiplyBySlopes(before, workspace.layer(i - 1, x.numRows));
            }
        }
        return total(predicted, y);
    }

    /** The loss's {@link Loss#total total} of these predictions. */
    public double total(FMatrixRMaj predicted, FMatrixRMaj y) {
        return network.loss().total(functions, predicted, y);
    }

    /** The loss itself, from its total over {@code rows}. */
    public double loss(double total, int rows) {
        return total / network.loss().divisor(rows, network.outputs());
    }

    /** dLoss/dZ of the last layer. */
    private void outputDelta(FMatrixRMaj predicted, FMatrixRMaj y, Workspace workspace) {
        int last = network.layers().size() - 1;
        FMatrixRMaj delta = deltas(workspace, last, predicted.numRows);
        if (fused) {
            Kernels.subtract(predicted, y, delta);
        } else {
            network.loss().gradient(predicted, y, delta);
            multiplyBySlopes(delta, workspace.layer(last, predicted.numRows));
        }
        Kernels.scale(delta, (float) (1 / network.loss().divisor(predicted.numRows, network.outputs())));
    }

    private static void multiplyBySlopes(FMatrixRMaj delta, Buffers layer) {
        if (layer.slopes() != null) {
            Kernels.multiplyElements(delta, layer.slopes());
        }
    }

    private static FMatrixRMaj deltas(Workspace workspace, int layer, int rows) {
        return Objects.requireNonNull(workspace.layer(layer, rows).deltas(), "a workspace for training");
    }
}
