package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Activation;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Gradients;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import io.twostep.nn.Workspace;
import io.twostep.web.Json;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * The first 40 steps as PyTorch makes them with each loss, and the weights to which they come. What it made is in
 * {@code golden/torch/losses.json}, and the script beside that made it.
 */
class TorchLossGoldenTest {

    private static final JsonNode GOLDEN = GoldenFile.read("torch/losses.json");

    /** Of a loss and of a weight; both are of the size of 1. */
    private static final double CLOSE = 2e-5;

    record Case(String name, JsonNode node) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return GOLDEN.get("cases")
                .valueStream()
                .map(node -> new Case(node.get("name").stringValue(), node));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheSameSteps(Case test) {
        FMatrixRMaj x = GoldenFile.matrix(GOLDEN.get("x"));
        FMatrixRMaj y = GoldenFile.matrix(
                GOLDEN.get("targets").get(test.node.get("target").stringValue()));
        Network network = network(test, x.numCols, y.numCols);
        Parameters parameters = Parameters.zeros(network);
        JsonNode start = GOLDEN.get("parameters").get(Integer.toString(y.numCols));
        for (int i = 0; i < parameters.matrices().size(); i++) {
            parameters.matrices().get(i).setTo(GoldenFile.matrix(start.get(i)));
        }

        assertThat(losses(test, network, parameters, x, y))
                .usingElementComparator(TorchLossGoldenTest::compare)
                .containsExactlyElementsOf(test.node
                        .get("losses")
                        .valueStream()
                        .map(JsonNode::doubleValue)
                        .toList());
        for (int i = 0; i < parameters.matrices().size(); i++) {
            assertThat(parameters.matrices().get(i).data)
                    .containsExactly(
                            GoldenFile.matrix(test.node.get("parameters").get(i)).data, offset((float) CLOSE));
        }
    }

    private static int compare(double one, double other) {
        return Math.abs(one - other) <= CLOSE ? 0 : Double.compare(one, other);
    }

    private static List<Double> losses(
            Case test, Network network, Parameters parameters, FMatrixRMaj x, FMatrixRMaj y) {
        int size = GOLDEN.get("batch_size").intValue();
        Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
        Workspace workspace = Workspace.forTraining(network, size);
        Gradients gradients = Gradients.of(network);
        float rate = (float) test.node.get("learning_rate").doubleValue();
        int batches = x.numRows / size;
        return Stream.iterate(0, step -> step + 1)
                .limit((long) GOLDEN.get("epochs").intValue() * batches)
                .map(step -> {
                    int from = step % batches * size;
                    double total = backpropagation.lossAndGradients(
                            parameters, rows(x, from, size), rows(y, from, size), workspace, gradients);
                    for (int i = 0; i < parameters.matrices().size(); i++) {
                        float[] w = parameters.matrices().get(i).data;
                        float[] slopes = gradients.matrices().get(i).data;
                        for (int k = 0; k < w.length; k++) {
                            w[k] -= rate * slopes[k];
                        }
                    }
                    return backpropagation.loss(total, size);
                })
                .toList();
    }

    private static Network network(Case test, int inputs, int outputs) {
        OutputSpec output = Json.mapper().treeToValue(test.node.get("output"), OutputSpec.class);
        LayerSpec hidden = LayerSpec.Dense.of(GOLDEN.get("units").intValue(), new Activation.Tanh());
        boolean classes = test.node.get("target").stringValue().startsWith("one_of");
        return Network.of(
                new NetworkSpec(List.of(hidden), output),
                inputs,
                classes ? new Task.Classes(Math.max(2, outputs)) : new Task.Numbers(1));
    }

    private static FMatrixRMaj rows(FMatrixRMaj matrix, int from, int count) {
        FMatrixRMaj rows = new FMatrixRMaj(count, matrix.numCols);
        System.arraycopy(matrix.data, from * matrix.numCols, rows.data, 0, rows.data.length);
        return rows;
    }
}
