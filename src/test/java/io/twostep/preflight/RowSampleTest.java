package io.twostep.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.dataset.OpenTable;
import io.twostep.features.ColumnData;
import io.twostep.features.Numbers;
import io.twostep.features.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowSampleTest {

    private final List<String> read = new ArrayList<>();

    @Test
    void takesAllRowsOfAFewAtOnce() {
        RowSample sample = RowSample.of(new Rows(40), List.of("n"), 40);

        assertThat(sample.whole()).isTrue();
        assertThat(values(sample))
                .containsExactly(IntStream.range(0, 40).asDoubleStream().toArray());
        assertThat(read).containsExactly("0+40");
    }

    @Test
    void takesStretchesFromTheFirstRowToTheLast() {
        RowSample sample = RowSample.of(new Rows(100_000), List.of("n"), 4_096);

        assertThat(sample.whole()).isFalse();
        assertThat(sample.rows()).isEqualTo(4_096);
        assertThat(read).hasSize(16).startsWith("0+256", "6649+256").endsWith("99744+256");
        double[] values = values(sample);
        assertThat(Arrays.stream(values).distinct().count()).isEqualTo(4_096);
        assertThat(values).isSorted();
    }

    @Test
    void takesNoRowTwiceWhereItTakesNearlyAll() {
        RowSample sample = RowSample.of(new Rows(4_097), List.of("n"), 4_096);

        assertThat(Arrays.stream(values(sample)).distinct().count()).isEqualTo(4_096);
        assertThat(values(sample)).contains(0, 4_096);
    }

    @Test
    void takesFewerRowsThanItHasStretches() {
        RowSample sample = RowSample.of(new Rows(1_000), List.of("n"), 3);

        assertThat(values(sample)).containsExactly(0, 499, 999);
        assertThat(values(RowSample.of(new Rows(1_000), List.of("n"), 1))).containsExactly(0);
    }

    @Test
    void takesFewStretchesOfManyColumns() {
        List<String> columns =
                IntStream.range(0, 1_500).mapToObj(i -> i == 0 ? "n" : "n" + i).toList();

        assertThat(values(RowSample.of(new Rows(1_000), columns, 8)))
                .containsExactly(0, 1, 332, 333, 665, 666, 998, 999);
        assertThat(read).hasSize(4);
        RowSample.of(
                new Rows(1_000),
                IntStream.range(0, 9_000).mapToObj(i -> "n" + i).toList(),
                8);
        assertThat(read).hasSize(4 + 2).endsWith("0+4", "996+4");
    }

    private static double[] values(RowSample sample) {
        return ((Numbers) sample.column("n")).values();
    }

    /** A column of the rows' numbers. */
    private final class Rows implements OpenTable {

        private final int count;

        private Rows(int count) {
            this.count = count;
        }

        @Override
        public int rows() {
            return count;
        }

        @Override
        public Table rows(List<String> names, int from, int howMany) {
            read.add(from + "+" + howMany);
            assertThat(from + howMany).isLessThanOrEqualTo(count);
            double[] values =
                    IntStream.range(from, from + howMany).asDoubleStream().toArray();
            return new Table(names.stream()
                    .map(name -> (ColumnData) new Numbers(name, values))
                    .toList());
        }

        @Override
        public void forEachColumn(List<String> names, Consumer<ColumnData> reader) {
            throw new AssertionError("reads all rows");
        }

        @Override
        public void forEachPiece(List<String> names, Consumer<Table> reader) {
            throw new AssertionError("reads all rows");
        }

        @Override
        public void close() {}
    }
}
