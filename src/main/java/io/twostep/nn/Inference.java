package io.twostep.nn;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/**
 * A network that has learned: forward only, its weights laid out for that. A row's answer has the same bits alone and
 * among thousands. Its answers never change; threads share it and bring their own {@link Workspace}.
 */
public final class Inference {

    private final Network network;
    private final Functions functions;
    private final List<Operation.Frozen> layers;

    /** @param parameters must not change any more */
    public Inference(Network network, Parameters parameters, Arithmetic arithmetic) {
        this.network = network;
        this.functions = arithmetic.functions();
        this.layers = IntStream.range(0, network.layers().size())
                .mapToObj(i -> network.layers()
                        .get(i)
                        .operation()
                        .frozen(arithmetic.products(), parameters.layers().get(i)))
                .toList();
    }

    public Network network() {
        return network;
    }

    /**
     * The network's answers.
     *
     * @param x [rows x inputs], not changed
     * @param workspace overwritten
     * @return [rows x outputs]; belongs to the workspace, good until its next use
     */
    public FMatrixRMaj answer(FMatrixRMaj x, Workspace workspace) {
        workspace.begin(x, false);
        FMatrixRMaj input = x;
        for (int i = 0; i < layers.size(); i++) {
            FMatrixRMaj a = workspace.layer(i, x.numRows).activations();
            layers.get(i).apply(input, workspace, a);
            network.layers().get(i).activation().activate(functions, a, null, null);
            input = a;
        }
        return input;
    }
}
