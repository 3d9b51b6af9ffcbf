package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.Encoding;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.memory.MemoryBudget;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.training.Adam;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TrainingNeedTest {

    private static final long GIGABYTE = 1 << 30;

    private final MemoryBudget heap = new MemoryBudget("twostep.memory.budget", GIGABYTE, GIGABYTE / 4 * 3);

    @Test
    void countsNetworkAndRowsApart() {
        TrainingNeed small = need(table(1_000, 10, 2), recipe(10));
        TrainingNeed many = need(table(10_000_000, 10, 2), recipe(10));
        TrainingNeed wide = need(table(1_000, 10, 2), recipe(20_000, 20_000));

        assertThat(small.examples()).isBetween(4L * 1_000 * 2, 100_000L);
        assertThat(small.work()).isLessThan(10 << 20);
        assertThat(many.examples()).isBetween(4L * 10_000_000 * 2, 90L << 20);
        assertThat(wide.examples()).isEqualTo(small.examples());
        assertThat(wide.work()).isGreaterThan(4L * 4 * 20_000 * 20_000);
    }

    /** Of which no more than 24 bytes a row were seen to be live at a time. */
    @Test
    void letsATableOfGigabytesBeLearnedInASmallHeap() {
        TrainingNeed need = need(table(8_450_000, 28, 3), recipe(16));

        assertThat(need.work()).isBetween(24L * 8_450_000, (512L << 20) * 2 / 3 * 3 / 4);
    }

    /** All targets are in memory at once, before the rows are divided. */
    @Test
    void countsEachTarget() {
        int rows = 1_000_000;
        Dataset dataset = table(rows, 100, 3);
        long one = need(dataset, numbers("n1")).work();
        long ten = need(dataset, numbers(names(10))).work();
        long twenty = need(dataset, numbers(names(20))).work();

        assertThat(ten - one).isGreaterThan(9L * 8 * rows);
        assertThat(twenty - ten).isGreaterThan(10L * (8 + 8) * rows);
        assertThat(need(dataset, numbers(names(20))).examples()).isGreaterThan(4L * 20 * rows);
    }

    private static String[] names(int targets) {
        return IntStream.rangeClosed(1, targets).mapToObj(i -> "n" + i).toArray(String[]::new);
    }

    /** From a handful of parameters to 10 to the 18: those that do not fit are refused, and nothing is built for it. */
    @Test
    void refusesByArithmetic() {
        Random random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            int[] units = IntStream.range(0, 1 + random.nextInt(20))
                    .map(layer -> (int) Math.pow(10, 5 * random.nextDouble()))
                    .toArray();
            long rows = (long) Math.pow(10, 1 + 8 * random.nextDouble());
            int categories = (int) Math.min(rows, Math.pow(10, 8 * random.nextDouble()));
            TrainingNeed need = need(table(rows, 1 + random.nextInt(100), Math.max(2, categories)), recipe(units));
            double parameters = parameters(units);

            assertThat(need.work()).isGreaterThan((long) Math.min(9e18, 16 * parameters));
            if (need.work() > heap.mostOfJobs()) {
                refused++;
                assertThatThrownBy(() -> heap.requireFits(need.work()))
                        .isInstanceOfSatisfying(
                                ServiceException.class,
                                e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_TOO_LARGE));
            }
        }
        assertThat(refused).isBetween(300, 999);
    }

    private static double parameters(int[] units) {
        double parameters = 0;
        for (int layer = 1; layer < units.length; layer++) {
            parameters += (double) units[layer - 1] * units[layer];
        }
        return parameters;
    }

    private static TrainingNeed need(Dataset dataset, Recipe recipe) {
        return TrainingNeed.of(recipe, dataset, List.of(), 2);
    }

    /** Columns of numbers, and a target with classes. */
    private static Dataset table(long rows, int numbers, int classes) {
        List<DatasetColumn> columns = Stream.concat(
                        IntStream.range(0, numbers)
                                .mapToObj(i -> new DatasetColumn("n" + i, ColumnType.NUMBER, 0, rows)),
                        Stream.of(new DatasetColumn("class", ColumnType.CATEGORY, 0, classes)))
                .toList();
        return new Dataset("ds_1", "table", rows, columns, "ab".repeat(32), 8 * rows, Instant.EPOCH, null);
    }

    private static Recipe recipe(int... units) {
        LayerSpec[] hidden = IntStream.of(units)
                .mapToObj(width -> LayerSpec.Dense.of(width, new Activation.Relu()))
                .toArray(LayerSpec[]::new);
        return new Recipe(
                "class",
                TargetKind.CLASSIFICATION,
                List.of("n0"),
                UnseenCategory.OTHER,
                Encoding.DEFAULT,
                NetworkSpec.hidden(hidden),
                new SplitShares(0.2, 0.1),
                new TrainingSpec(Adam.of(0.001), 2, 64, Regularizer.NONE, StoppingRule.NONE, 3),
                "fast");
    }

    private static Recipe numbers(String... targets) {
        Recipe recipe = recipe(8);
        boolean one = targets.length == 1;
        return new Recipe(
                one ? targets[0] : null,
                one ? null : List.of(targets),
                TargetKind.REGRESSION,
                recipe.features(),
                recipe.unseen(),
                recipe.encoding(),
                recipe.network(),
                recipe.split(),
                recipe.training(),
                null,
                null,
                recipe.arithmetic(),
                false);
    }
}
