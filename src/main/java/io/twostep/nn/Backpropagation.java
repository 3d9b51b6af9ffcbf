package io.twostep.nn;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import io.twostep.matrix.Kernels;
import io.twostep.matrix.Products;
import io.twostep.matrix.Tile;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Runs a network forward, and its derivative back from the last layer to the first by the chain rule.
 *
 * <p>For each layer, with X the output of the layer before; here a dense one, others as their {@link Operation} says:
 *
 * <pre>
 * forward   Z = XW + b              A = f(Z)                     slopes f'(Z) noted in the same sweep
 * backward  D = dLoss/dA * f'(Z)    dLoss/dX = DW'    dLoss/dW = X'D    dLoss/db = 1'D
 * </pre>
 *
 * The backward pass takes X, A and f'(Z) from the workspace; it evaluates no activation again. While the network
 * learns, {@link Noise} may disturb A, and with it f'(Z). Rumelhart, Hinton,
 * Williams: Learning Representations by Back-Propagating Errors, 1986.
 *
 * <p>Immutable; threads share it and bring their own {@link Workspace} and {@link Gradients}.
 */
public final class Backpropagation {

    private final Network network;
    private final Passes passes;
    private final Products products;
    private final Functions functions;
    private final boolean fused;

    /** For each layer those that add its outputs, {@link Operation.Residual}. */
    private final int[][] shortcuts;

    public Backpropagation(Network network, Arithmetic arithmetic) {
        this(network, arithmetic, new DirectPasses(arithmetic));
    }

    /** @param passes who makes the way through each layer */
    public Backpropagation(Network network, Arithmetic arithmetic, Passes passes) {
        this.network = network;
        this.passes = passes;
        this.products = arithmetic.products();
        this.functions = arithmetic.functions();
        this.fused = network.loss().fusesWith(network.outputLayer().activation());
        this.shortcuts = IntStream.range(0, network.layers().size())
                .mapToObj(layer -> shortcuts(network, layer + 1))
                .toArray(int[][]::new);
    }

    /** @param from 1 for the first layer */
    private static int[] shortcuts(Network network, int from) {
        return IntStream.range(0, network.layers().size())
                .filter(i ->
                        network.layers().get(i).operation() instanceof Operation.Residual end && end.from() == from)
                .toArray();
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
        return forward(parameters, x, workspace, false);
    }

    private FMatrixRMaj forward(Parameters parameters, FMatrixRMaj x, Workspace workspace, boolean learning) {
        workspace.begin(x, learning);
        FMatrixRMaj input = x;
        for (int i = 0; i < network.layers().size(); i++) {
            Buffers buffers = workspace.layer(i, x.numRows);
            Layer layer = network.layers().get(i);
            layer.operation()
                    .forward(
                            passes,
                            layer.activation(),
                            input,
                            parameters.layers().get(i),
                            buffers,
                            workspace);
            if (learning) {
                disturb(i, buffers, workspace);
            }
            input = buffers.activations();
        }
        return input;
    }

    private void disturb(int layer, Buffers buffers, Workspace workspace) {
        List<Noise> noises = network.layers().get(layer).noises();
        for (int place = 0; place < noises.size(); place++) {
            long key = Noise.key(workspace.noiseKey(), layer + 1, place);
            passes.disturb(noises.get(place), buffers.activations(), buffers.slopes(), key, workspace.firstRow());
        }
    }

    /**
     * One forward and one backward pass over a batch, with the noise that the workspace was told to draw.
     *
     * @param x [rows x inputs], not changed
     * @param y what is true [rows x outputs], not changed
     * @param workspace for training; overwritten
     * @param gradients overwritten
     * @return the loss's {@link Loss#total total} over these rows, before it is divided; the gradients are of the loss
     */
    public double lossAndGradients(
            Parameters parameters, FMatrixRMaj x, FMatrixRMaj y, Workspace workspace, Gradients gradients) {
        double total = propagate(parameters, x, y, null, x.numRows, workspace);
        for (int i = 0; i < network.layers().size(); i++) {
            weightGradient(i, null, x, workspace, gradients, false);
            biasGradient(i, x, workspace, gradients, false);
        }
        return total;
    }

    /**
     * Some rows of a batch forward with their {@link Workspace#draw noise}, and their deltas dLoss/dZ back from the last
     * layer to the first. What the gradients need is then in {@code workspace}.
     *
     * @param x [rows x inputs], not changed
     * @param y what is true [rows x outputs], not changed
     * @param weights of the rows, by which their losses and gradients are multiplied [rows x 1]; null if all are 1
     * @param batchRows rows of the whole batch, over which the loss is a mean
     * @param workspace for training; overwritten
     * @return the loss's {@link Loss#total total} over these rows, before it is divided
     */
    public double propagate(
            Parameters parameters,
            FMatrixRMaj x,
            FMatrixRMaj y,
            @Nullable FMatrixRMaj weights,
            int batchRows,
            Workspace workspace) {
        FMatrixRMaj predicted = forward(parameters, x, workspace, true);
        outputDelta(predicted, y, batchRows, workspace);
        if (weights != null) {
            Kernels.scaleRows(deltas(workspace, network.layers().size() - 1, x.numRows), weights);
        }
        for (int i = network.layers().size() - 1; i > 0; i--) {
            Buffers before = workspace.layer(i - 1, x.numRows);
            network.layers()
                    .get(i)
                    .operation()
                    .back(
                            passes,
                            parameters.layers().get(i),
                            workspace.layer(i, x.numRows),
                            before.slopes(),
                            before.deltas());
            for (int end : shortcuts[i - 1]) {
                Kernels.addProducts(before.deltas(), deltas(workspace, end, x.numRows), before.slopes());
            }
        }
        return total(predicted, y, weights);
    }

    /**
     * dLoss/dW of one layer, or some rows of it, from rows that were {@link #propagate propagated}.
     *
     * @param rows whole rows of dLoss/dW to make; null for all
     * @param x what was propagated
     * @param workspace where it left its traces
     * @param gradients written
     * @param added whether these rows of the batch come on top of others
     */
    public void weightGradient(
            int layer, @Nullable Tile rows, FMatrixRMaj x, Workspace workspace, Gradients gradients, boolean added) {
        FMatrixRMaj gradient = gradients.layers().get(layer).weights();
        FMatrixRMaj input = workspace.outputs(layer, x.numRows);
        Buffers buffers = workspace.layer(layer, x.numRows);
        network.layers().get(layer).operation().weightGradient(products, input, buffers, gradient, rows, added);
    }

    /** dLoss/db of one layer, the column sums of its deltas; parameters as of {@link #weightGradient}. */
    public void biasGradient(int layer, FMatrixRMaj x, Workspace workspace, Gradients gradients, boolean added) {
        if (network.layers().get(layer).biasRows() == 0) {
            return;
        }
        FMatrixRMaj gradient = gradients.layers().get(layer).biases();
        products.multiplyTransA(workspace.ones(x.numRows), deltas(workspace, layer, x.numRows), gradient, null, added);
    }

    /**
     * Takes a whole batch that was {@link #propagate propagated} into the running statistics of a layer, if it has any.
     *
     * @param parameters changed
     * @param rows of the batch
     */
    public void moveStatistics(int layer, Parameters parameters, Workspace workspace, int rows) {
        Buffers buffers = workspace.layer(layer, rows);
        network.layers()
                .get(layer)
                .operation()
                .moveStatistics(parameters.layers().get(layer), buffers, rows);
    }

    /**
     * The loss's {@link Loss#total total} of these predictions.
     *
     * @param weights by which the loss of each row is multiplied [rows x 1]; null if all are 1
     */
    public double total(FMatrixRMaj predicted, FMatrixRMaj y, @Nullable FMatrixRMaj weights) {
        return network.loss().total(functions, predicted, y, weights);
    }

    /**
     * The loss itself, from its total.
     *
     * @param rows how many it is over, or where they have weights, the sum of these
     */
    public double loss(double total, double rows) {
        return total / network.loss().divisor(rows, network.outputs());
    }

    /** dLoss/dZ of the last layer. */
    private void outputDelta(FMatrixRMaj predicted, FMatrixRMaj y, int batchRows, Workspace workspace) {
        int last = network.layers().size() - 1;
        FMatrixRMaj delta = deltas(workspace, last, predicted.numRows);
        if (fused) {
            network.loss().fusedGradient(functions, predicted, y, delta);
        } else {
            network.loss().gradient(functions, predicted, y, delta);
            FMatrixRMaj slopes = workspace.layer(last, predicted.numRows).slopes();
            if (slopes != null) {
                Kernels.multiplyElements(delta, slopes, null);
            }
        }
        Kernels.scale(delta, (float) (1 / network.loss().divisor(batchRows, network.outputs())));
    }

    private static FMatrixRMaj deltas(Workspace workspace, int layer, int rows) {
        return workspace.layer(layer, rows).deltas();
    }
}
