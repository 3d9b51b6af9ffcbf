package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import io.twostep.nn.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/**
 * A perceptron trained by lbfgs beside scikit-learn's logistic regression, whose minimum is in {@code
 * golden/sklearn/logistic.json}; the script beside that found it.
 */
class LbfgsGoldenTest {

    private static final JsonNode GOLDEN = GoldenFile.read("sklearn/logistic.json");

    record Case(String name, JsonNode expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> problems() {
        return GOLDEN.get("problems")
                .valueStream()
                .map(node -> new Case(node.get("name").stringValue(), node));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void reachesTheMinimum(Case test) {
        FMatrixRMaj x = GoldenFile.matrix(test.expected.get("x"));
        int classes = test.expected.get("classes").intValue();
        Network network = Network.of(NetworkSpec.hidden(), x.numCols, new Task.Classes(classes));
        TrainingSpec spec = new TrainingSpec(
                Lbfgs.remembering(10),
                200,
                1,
                new Regularizer(0, test.expected.get("l2").doubleValue()),
                StoppingRule.NONE,
                1);
        List<Double> losses = new ArrayList<>();

        TrainingResult result = new Trainer(
                        network,
                        Arithmetic.fast(),
                        spec,
                        Examples.of(x, oneHot(test.expected.get("y"), network.outputs())),
                        Examples.of(new FMatrixRMaj(0, x.numCols), new FMatrixRMaj(0, network.outputs())),
                        noting(losses),
                        System::nanoTime,
                        new Cores(1))
                .train();

        assertThat(result.stop().reason()).isEqualTo(StopReason.CONVERGED);
        assertThat(losses.get(losses.size() - 1))
                .isCloseTo(test.expected.get("loss").doubleValue(), offset(1e-5));
        assertThat(losses)
                .as("about as many evaluations as scikit-learn makes steps")
                .hasSizeLessThan(60);
        FMatrixRMaj answers = new Backpropagation(network, Arithmetic.fast())
                .forward(result.parameters(), x, Workspace.forPrediction(network, x.numRows));
        for (int row = 0; row < x.numRows; row++) {
            double last = test.expected
                    .at("/probabilities/" + row + "/" + (classes - 1))
                    .doubleValue();
            assertThat((double) answers.get(row, network.outputs() - 1)).isCloseTo(last, offset(5e-4));
        }
    }

    private static FMatrixRMaj oneHot(JsonNode labels, int outputs) {
        FMatrixRMaj y = new FMatrixRMaj(labels.size(), outputs);
        for (int row = 0; row < y.numRows; row++) {
            int label = labels.get(row).intValue();
            if (outputs == 1) {
                y.set(row, 0, label);
            } else {
                y.set(row, label, 1);
            }
        }
        return y;
    }

    private static TrainingListener noting(List<Double> losses) {
        return new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report, int bestEpoch) {
                losses.add(report.trainLoss());
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        };
    }
}
