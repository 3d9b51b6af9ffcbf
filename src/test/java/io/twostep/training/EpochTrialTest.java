package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import java.util.function.LongSupplier;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class EpochTrialTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Network SMALL =
            Network.of(NetworkSpec.hidden(LayerSpec.Dense.of(4, new Activation.Relu())), 2, new Task.Numbers(1));

    /** A clock that the test drives; every look advances it by one second. */
    private final LongSupplier clock = new LongSupplier() {
        private long now;

        @Override
        public long getAsLong() {
            now += SECOND;
            return now;
        }
    };

    @Test
    void makesStepsUntilTheTimeIsUp() {
        EpochPace pace = trial(new Sgd(0.01), 32, 100).run(10 * SECOND).orElseThrow();

        assertThat(pace).isEqualTo(new EpochPace(32, 10, 1, 1.0 / 100, true));
        assertThat(pace.seconds(64, 200)).as("2 steps and 200 rows").isEqualTo(2 + 2);
    }

    @Test
    void makesTwoStepsWhateverTheyTake() {
        assertThat(trial(new Sgd(0.01), 32, 100).run(0).orElseThrow().steps()).isEqualTo(2);
    }

    @Test
    void learnsFromAllRowsWhereABatchHasMore() {
        assertThat(trial(new Sgd(0.01), 1_000, 100).run(SECOND).orElseThrow().rows())
                .isEqualTo(100);
    }

    /** It takes all rows at once in an epoch, but not in a trial. */
    @Test
    void triesLbfgsSomeRowsAtATime() {
        EpochPace pace = trial(Lbfgs.remembering(5), 1, 5_000).run(SECOND).orElseThrow();

        assertThat(pace.rows()).isEqualTo(1024);
        assertThat(pace.finite()).isTrue();
    }

    @Test
    void seesThatTheLossIsLost() {
        EpochPace pace = trial(new Sgd(1e6), 32, 100).run(1_000 * SECOND).orElseThrow();

        assertThat(pace.finite()).isFalse();
        assertThat(pace.steps()).isLessThan(100);
    }

    /** 3 multiplications for each of 17 parameters and row. */
    @Test
    void takesFewerRowsWhereAStepWouldTakeTooLong() {
        assertThat(trial(1_000, 3 * 17 * 300).run(0).orElseThrow().rows()).isEqualTo(300);
        assertThat(trial(1_000, 3 * 17 * 256).run(0).orElseThrow().rows()).isEqualTo(256);
    }

    @Test
    void triesNothingWhereEvenFewRowsTakeTooLong() {
        assertThat(trial(1_000, 3 * 17 * 255).run(0)).isEmpty();
        assertThat(trial(255, 3 * 17 * 255).run(0)).isPresent();
        assertThat(trial(32, 3 * 17 * 31).run(0)).isEmpty();
    }

    private EpochTrial trial(int batchSize, double mostMultiplications) {
        return trial(new Sgd(0.01), batchSize, 1_000, mostMultiplications);
    }

    private EpochTrial trial(Optimizer optimizer, int batchSize, int rows) {
        return trial(optimizer, batchSize, rows, Double.MAX_VALUE);
    }

    private EpochTrial trial(Optimizer optimizer, int batchSize, int rows, double mostMultiplications) {
        FMatrixRMaj x = new FMatrixRMaj(rows, 2);
        FMatrixRMaj y = new FMatrixRMaj(rows, 1);
        for (int row = 0; row < rows; row++) {
            x.set(row, 0, row % 7);
            x.set(row, 1, row % 3);
            y.set(row, 0, row % 5);
        }
        TrainingSpec spec = new TrainingSpec(optimizer, 3, batchSize, Regularizer.NONE, StoppingRule.NONE, 1);
        return new EpochTrial(
                SMALL, Arithmetic.portable(), spec, Examples.of(x, y), clock, new Cores(1), mostMultiplications);
    }
}
