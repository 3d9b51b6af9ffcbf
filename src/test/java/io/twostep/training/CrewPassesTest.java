package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import io.twostep.nn.Activation;
import io.twostep.nn.DirectPasses;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiles put together are what one thread makes at once. */
class CrewPassesTest {

    private static final int ROWS = 64;
    private static final int INPUTS = 300;
    private static final int UNITS = 500;

    private final DirectPasses direct = new DirectPasses(Arithmetic.fast());
    private final FMatrixRMaj x = matrix(ROWS, INPUTS, 1);
    private final Network network = Network.of(
            NetworkSpec.hidden(LayerSpec.Dense.of(UNITS, new Activation.Relu())), INPUTS, new Task.Classes(3));
    private final Parameters parameters = Parameters.initialize(network, 7);

    @ParameterizedTest
    @ValueSource(strings = {"relu", "tanh", "softmax", "identity"})
    void forward(String name) {
        Activation activation = switch (name) {
            case "relu" -> new Activation.Relu();
            case "tanh" -> new Activation.Tanh();
            case "softmax" -> new Activation.Softmax();
            default -> new Activation.Identity();
        };
        FMatrixRMaj a = new FMatrixRMaj(ROWS, UNITS);
        FMatrixRMaj slopes = new FMatrixRMaj(ROWS, UNITS);
        FMatrixRMaj expected = new FMatrixRMaj(ROWS, UNITS);
        FMatrixRMaj expectedSlopes = new FMatrixRMaj(ROWS, UNITS);
        direct.forward(activation, x, parameters.layers().get(0), expected, expectedSlopes);
        try (Crew crew = new Crew(new Cores(2))) {
            new CrewPasses(direct, crew)
                    .forward(activation, x, parameters.layers().get(0), a, slopes);
        }
        assertThat(Partition.columns(ROWS, UNITS, INPUTS)).hasSizeGreaterThan(1);
        assertClose(a, expected);
        assertClose(slopes, expectedSlopes);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void back(boolean sloped) {
        FMatrixRMaj deltas = matrix(ROWS, UNITS, 2);
        FMatrixRMaj slopes = sloped ? matrix(ROWS, INPUTS, 3) : null;
        FMatrixRMaj before = new FMatrixRMaj(ROWS, INPUTS);
        FMatrixRMaj expected = new FMatrixRMaj(ROWS, INPUTS);
        FMatrixRMaj weights = parameters.layers().get(0).weights();
        direct.back(deltas, weights, slopes, expected);
        try (Crew crew = new Crew(new Cores(2))) {
            new CrewPasses(direct, crew).back(deltas, weights, slopes, before);
        }
        assertClose(before, expected);
    }

    private static void assertClose(FMatrixRMaj actual, FMatrixRMaj expected) {
        for (int i = 0; i < expected.getNumElements(); i++) {
            assertThat(actual.data[i]).isCloseTo(expected.data[i], within(1e-4f));
        }
    }

    private static FMatrixRMaj matrix(int rows, int columns, long seed) {
        RandomStream random = RandomStream.of(seed, Purpose.SPLIT);
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < rows * columns; i++) {
            matrix.data[i] = (float) random.nextGaussian();
        }
        return matrix;
    }
}
