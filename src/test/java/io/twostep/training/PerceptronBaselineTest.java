package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What stands beside a network, what it costs at most, and that it is always the same. */
class PerceptronBaselineTest {

    private static final int INPUTS = 3;

    @Test
    void findsTheLineThatTheTargetFollows() {
        PerceptronBaseline baseline = beside(network(8), 400, 100, 1).orElseThrow();

        Parameters found = train(baseline).orElseThrow();

        assertThat(baseline.network().layers()).hasSize(1);
        float[] w = found.matrices().get(0).data;
        assertThat(w[0]).isCloseTo(2, offset(0.02f));
        assertThat(w[1]).isCloseTo(-1, offset(0.02f));
        assertThat(w[2]).isCloseTo(0, offset(0.02f));
        assertThat(found.matrices().get(1).data[0]).isCloseTo(0.5f, offset(0.02f));
    }

    @Test
    void isNotThereWhereTheNetworkIsOneItself() {
        assertThat(beside(network(), 400, 100, 100)).isEmpty();
    }

    /** Rows times parameters that are next to nothing are free, and a tenth of what the training took. */
    @Test
    void takesNoMoreThanAShareOfTheTraining() {
        Network wide = Network.of(
                NetworkSpec.hidden(LayerSpec.Dense.of(2, new Activation.Relu())), 2_000, new Task.Classes(100));

        assertThat(beside(wide, 400, 0, 1))
                .as("10 passes of 400 rows and 200,100 parameters are too many")
                .isEmpty();
        assertThat(beside(wide, 400, 0, 10_000))
                .as("after 10,000 epochs they are not")
                .isPresent();
        assertThat(beside(wide, 100, 0, 1))
                .as("of 100 rows they are next to nothing")
                .isPresent();
    }

    @Test
    void hasOnlySoManyWeights() {
        Network widest = Network.of(
                NetworkSpec.hidden(LayerSpec.Dense.of(2, new Activation.Relu())), 3_000, new Task.Classes(100));

        assertThat(beside(widest, 10, 0, 1_000_000)).isEmpty();
        assertThat(PerceptronBaseline.bytes(widest, 10, false, 1))
                .as("if it is narrower than it may be, there is one")
                .isGreaterThan(16.0 * Float.BYTES * 250_000);
        assertThat(PerceptronBaseline.bytes(network(), 10, false, 1)).isZero();
    }

    /** Rows that are only judged cost the same as those that are learned from. */
    @Test
    void isNotJudgedOnTooManyRows() {
        Network network = network(8);
        Examples few = examples(network, 100, 1);

        assertThat(PerceptronBaseline.of(network, few, few, 10_000_000, 7, 1)).isPresent();
        assertThat(PerceptronBaseline.of(network, few, few, 1_000_000_000, 7, 1))
                .isEmpty();
    }

    /** Of fewer inputs one thread would do everything. */
    @Test
    void isTheSameWithAnyNumberOfThreadsAndFromManyRows() {
        AtomicInteger passes = new AtomicInteger();
        Network wide =
                Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(8, new Activation.Relu())), 250, new Task.Numbers(1));

        Parameters one = beside(wide, 20_000, 5_000, 100)
                .flatMap(baseline -> baseline.train(
                        Arithmetic.fast(), System::nanoTime, new Cores(1), () -> passes.incrementAndGet() < 0))
                .orElseThrow();
        Parameters other = beside(wide, 20_000, 5_000, 100)
                .flatMap(PerceptronBaselineTest::train)
                .orElseThrow();

        assertThat(passes.get()).isBetween(2, PerceptronBaseline.MOST_PASSES + 1);
        assertThat(Partition.of(wide.withoutHiddenLayers(250), 1024).worthwhile())
                .isTrue();
        assertThat(one.matrices().get(0).data).isEqualTo(other.matrices().get(0).data);
        assertThat(one.matrices().get(0).data[0]).isCloseTo(2, offset(0.02f));
    }

    @Test
    void stopsWhenItIsCancelled() {
        PerceptronBaseline baseline = beside(network(8), 400, 100, 1).orElseThrow();

        assertThat(baseline.train(Arithmetic.fast(), System::nanoTime, new Cores(1), () -> true))
                .isEmpty();
    }

    /** Which rows those are, the first input tells. */
    @Test
    void takesRowsFromAllOver() {
        FMatrixRMaj x = new FMatrixRMaj(1_000, 1);
        float[] weights = new float[1_000];
        for (int row = 0; row < 1_000; row++) {
            x.set(row, 0, row);
            weights[row] = row / 500f;
        }
        Examples all = new WeightedExamples(Examples.of(x, new FMatrixRMaj(1_000, 1)), weights);
        Examples some = ExamplesSample.of(all, 64, 7);
        FMatrixRMaj copied = new FMatrixRMaj(64, 1);
        FMatrixRMaj gathered = new FMatrixRMaj(10, 1);
        FMatrixRMaj weight = new FMatrixRMaj(10, 1);

        some.copy(0, copied, new FMatrixRMaj(64, 1));
        int[] order = IntStream.range(0, 64).toArray();
        some.gather(order, 20, gathered, new FMatrixRMaj(10, 1));
        some.gatherWeights(order, 20, weight);

        Set<Float> different = new HashSet<>();
        double sum = 0;
        for (int i = 0; i < 64; i++) {
            assertThat(copied.get(i, 0)).isBetween(i * 15.625f - 1, (i + 1) * 15.625f);
            different.add(copied.get(i, 0));
            sum += copied.get(i, 0) / 500;
        }
        assertThat(different).hasSize(64);
        assertThat(some.totalWeight()).isCloseTo(sum, offset(1e-4));
        for (int i = 0; i < 10; i++) {
            assertThat(gathered.get(i, 0)).isEqualTo(copied.get(20 + i, 0));
            assertThat(weight.get(i, 0)).isEqualTo(copied.get(20 + i, 0) / 500f);
        }
        assertThat(ExamplesSample.of(all, 1_000, 7)).isSameAs(all);
        assertThatThrownBy(() -> some.gather(new int[] {1, 3}, 0, new FMatrixRMaj(2, 1), new FMatrixRMaj(2, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Optional<Parameters> train(PerceptronBaseline baseline) {
        return baseline.train(Arithmetic.fast(), System::nanoTime, new Cores(3), () -> false);
    }

    private static Network network(int... units) {
        return Network.of(
                NetworkSpec.hidden(IntStream.of(units)
                        .mapToObj(width -> LayerSpec.Dense.of(width, new Activation.Relu()))
                        .toArray(LayerSpec[]::new)),
                INPUTS,
                new Task.Numbers(1));
    }

    private static Optional<PerceptronBaseline> beside(Network network, int training, int validation, int epochs) {
        return PerceptronBaseline.of(
                network,
                examples(network, training, 1),
                examples(network, validation, 2),
                training + validation,
                7,
                epochs);
    }

    private static Examples examples(Network network, int rows, long seed) {
        Random random = new Random(seed);
        FMatrixRMaj x = new FMatrixRMaj(rows, network.inputs());
        FMatrixRMaj y = new FMatrixRMaj(rows, network.outputs());
        for (int row = 0; row < rows; row++) {
            for (int input = 0; input < network.inputs(); input++) {
                x.set(row, input, (float) random.nextGaussian());
            }
            y.set(row, 0, 2 * x.get(row, 0) - x.get(row, 1) + 0.5f);
        }
        return Examples.of(x, y);
    }
}
