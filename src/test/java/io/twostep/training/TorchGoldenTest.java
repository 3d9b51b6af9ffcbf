package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import io.twostep.nn.Workspace;
import io.twostep.web.Json;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The first 50 steps as PyTorch makes them, from the same parameters over the same batches. What it made is in
 * {@code golden/torch/optimisation.json}, and the script beside that made it.
 */
class TorchGoldenTest {

    private static final JsonNode GOLDEN = GoldenFile.read("torch/optimisation.json");
    private static final double PERCENT_OF_LOSS = 0.01;
    private static final double PERCENT_OF_RATE = 1e-6;
    private static final double PERCENT_OF_STATISTICS = 0.05;

    /** @param start of the dense layers: W and b of the first, of the second … */
    record Case(
            String name,
            NetworkSpec network,
            JsonNode start,
            TrainingSpec spec,
            List<Double> losses,
            List<Double> rates,
            JsonNode made) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return GOLDEN.get("cases")
                .valueStream()
                .map(node -> new Case(
                        node.get("name").stringValue(),
                        new NetworkSpec(layers(node.get("layers")), OutputSpec.FROM_TARGET),
                        node.has("parameters") ? node.get("parameters") : GOLDEN.get("parameters"),
                        spec((ObjectNode) node.get("training")),
                        numbers(node.get("losses")),
                        numbers(node.get("learning_rates")),
                        node));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheSameSteps(Case test) {
        FMatrixRMaj x = GoldenFile.matrix(GOLDEN.get("x"));
        Network network = Network.of(test.network, x.numCols, new Task.Numbers(1));
        RunState run = RunState.start(test.spec, start(network, test.start));
        try (Crew crew = new Crew(new Cores(1))) {
            Steps steps = new Steps(
                    network,
                    Arithmetic.portable(),
                    test.spec,
                    new InOrder(Examples.of(x, GoldenFile.matrix(GOLDEN.get("y")))),
                    Partition.of(network, test.spec.batchSize()),
                    crew,
                    run);
            List<Double> losses = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int epoch = 1; epoch <= test.spec.epochs(); epoch++) {
                steps.beginEpoch(epoch);
                double total = 0;
                for (int batch = 0; batch < steps.count(); batch++) {
                    double loss = steps.step(batch) / test.spec.batchSize();
                    losses.add(loss);
                    rates.add(run.optimizer().learningRate());
                    total += loss;
                }
                run.watched(test.spec.schedule(), total / steps.count(), 50);
            }
            assertClose(rates, test.rates, PERCENT_OF_RATE);
            assertClose(losses, test.losses, PERCENT_OF_LOSS);
        }
        assertSameStatistics(test, network, run.parameters());
    }

    /** What predictions meet instead of a batch. */
    private static void assertSameStatistics(Case test, Network network, Parameters parameters) {
        JsonNode expected = test.made.path("running_statistics");
        int learned = parameters.matrices().size();
        List<FMatrixRMaj> running =
                parameters.numbers().subList(learned, parameters.numbers().size());
        assertThat(running).hasSize(expected.size());
        for (int i = 0; i < running.size(); i++) {
            List<Double> actual = new ArrayList<>();
            for (float value : running.get(i).data) {
                actual.add((double) value);
            }
            assertClose(actual, numbers(expected.get(i)), PERCENT_OF_STATISTICS);
        }
        if (!running.isEmpty()) {
            FMatrixRMaj x = GoldenFile.matrix(GOLDEN.get("x"));
            Backpropagation backpropagation = new Backpropagation(network, Arithmetic.portable());
            FMatrixRMaj predicted = backpropagation.forward(parameters, x, Workspace.forPrediction(network, x.numRows));
            double total = backpropagation.total(predicted, GoldenFile.matrix(GOLDEN.get("y")), null);
            assertThat(backpropagation.loss(total, x.numRows))
                    .isCloseTo(test.made.get("loss_of_predictions").doubleValue(), withPercentage(PERCENT_OF_LOSS));
        }
    }

    private static void assertClose(List<Double> actual, List<Double> expected, double percentage) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int step = 0; step < expected.size(); step++) {
            assertThat(actual.get(step)).as("step %d", step).isCloseTo(expected.get(step), withPercentage(percentage));
        }
    }

    /** Of dense layers; a normalisation starts as it always does. */
    private static Parameters start(Network network, JsonNode dense) {
        Parameters parameters = Parameters.initialize(network, 0);
        Iterator<JsonNode> start = dense.iterator();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            if (network.layers().get(layer).hasIncomingWeights()) {
                parameters.layers().get(layer).weights().setTo(GoldenFile.matrix(start.next()));
                parameters.layers().get(layer).biases().setTo(GoldenFile.matrix(start.next()));
            }
        }
        return parameters;
    }

    private static TrainingSpec spec(ObjectNode training) {
        ObjectNode whole = training.deepCopy();
        whole.set("epochs", GOLDEN.get("epochs"));
        whole.set("batch_size", GOLDEN.get("batch_size"));
        whole.put("seed", 0);
        whole.putObject("stop");
        if (!whole.has("regularization")) {
            whole.putObject("regularization");
        }
        return Json.mapper().treeToValue(whole, TrainingSpec.class);
    }

    private static List<LayerSpec> layers(JsonNode array) {
        return array.valueStream()
                .map(layer -> Json.mapper().treeToValue(layer, LayerSpec.class))
                .toList();
    }

    private static List<Double> numbers(JsonNode array) {
        return array.valueStream().map(JsonNode::doubleValue).toList();
    }

    /** Rows that no shuffling moves. */
    private record InOrder(Examples examples) implements Examples {
        @Override
        public int rows() {
            return examples.rows();
        }

        @Override
        public int inputs() {
            return examples.inputs();
        }

        @Override
        public int outputs() {
            return examples.outputs();
        }

        @Override
        public void gather(int[] order, int from, FMatrixRMaj x, FMatrixRMaj y) {
            examples.copy(from, x, y);
        }

        @Override
        public void copy(int from, FMatrixRMaj x, FMatrixRMaj y) {
            examples.copy(from, x, y);
        }
    }
}
