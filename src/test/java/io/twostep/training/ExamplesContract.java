package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** What every home of encoded rows must do. */
public abstract class ExamplesContract {

    protected abstract ExampleStore store();

    private Examples fiveRows() {
        ExampleStore.Writer writer = store().open(5, 3, 2);
        writer.append(counting(3, 3, 0), counting(3, 2, 100));
        writer.append(new FMatrixRMaj(0, 3), new FMatrixRMaj(0, 2));
        writer.append(counting(2, 3, 9), counting(2, 2, 106));
        return writer.finish();
    }

    @Test
    void tellsItsShape() {
        Examples examples = fiveRows();
        assertThat(examples.rows()).isEqualTo(5);
        assertThat(examples.inputs()).isEqualTo(3);
        assertThat(examples.outputs()).isEqualTo(2);
        assertThat(examples.isEmpty()).isFalse();
        assertThat(store().open(0, 3, 2).finish().isEmpty()).isTrue();
    }

    @Test
    void gathersRowsInTheOrderGiven() {
        FMatrixRMaj x = new FMatrixRMaj(3, 3);
        FMatrixRMaj y = new FMatrixRMaj(3, 2);
        fiveRows().gather(new int[] {1, 4, 0, 4, 2}, 1, x, y);
        assertThat(x.data).containsExactly(12, 13, 14, 0, 1, 2, 12, 13, 14);
        assertThat(y.data).containsExactly(108, 109, 100, 101, 108, 109);
    }

    @Test
    void copiesARunOfRows() {
        FMatrixRMaj x = new FMatrixRMaj(2, 3);
        FMatrixRMaj y = new FMatrixRMaj(2, 2);
        fiveRows().copy(3, x, y);
        assertThat(x.data).containsExactly(9, 10, 11, 12, 13, 14);
        assertThat(y.data).containsExactly(106, 107, 108, 109);
    }

    @Test
    void fillsOnlyTheRowsThatTheBatchHas() {
        FMatrixRMaj x = counting(4, 3, -50);
        FMatrixRMaj y = counting(4, 2, -50);
        x.reshape(1, 3);
        y.reshape(1, 2);
        fiveRows().gather(new int[] {2}, 0, x, y);
        assertThat(x.data).startsWith(6, 7, 8, -47);
        assertThat(y.data).startsWith(104, 105, -48);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Examples examples = fiveRows();
        FMatrixRMaj x = new FMatrixRMaj(2, 3);
        FMatrixRMaj y = new FMatrixRMaj(2, 2);
        int[] order = {0, 1, 2};
        assertRefused(() -> examples.copy(4, x, y));
        assertRefused(() -> examples.copy(-1, x, y));
        assertRefused(() -> examples.copy(0, new FMatrixRMaj(2, 4), y));
        assertRefused(() -> examples.copy(0, x, new FMatrixRMaj(1, 2)));
        assertRefused(() -> examples.gather(order, 2, x, y));
        assertRefused(() -> examples.gather(order, -1, x, y));
        assertRefused(() -> examples.gather(new int[] {0, 5}, 0, x, y));
        assertRefused(() -> examples.gather(new int[] {-1, 0}, 0, x, y));
        assertRefused(() -> examples.gather(order, 0, x, new FMatrixRMaj(1, 2)));
        assertRefused(() -> examples.gather(order, 0, x, new FMatrixRMaj(2, 3)));
    }

    @Test
    void takesTheRowsThatRoomWasMadeForAndNoOthers() {
        ExampleStore.Writer writer = store().open(2, 3, 2);
        assertRefused(() -> writer.append(new FMatrixRMaj(3, 3), new FMatrixRMaj(3, 2)));
        assertRefused(() -> writer.append(new FMatrixRMaj(1, 3), new FMatrixRMaj(2, 2)));
        assertRefused(() -> writer.append(new FMatrixRMaj(1, 2), new FMatrixRMaj(1, 2)));
        assertRefused(() -> writer.append(new FMatrixRMaj(1, 3), new FMatrixRMaj(1, 3)));
        writer.append(counting(1, 3, 0), counting(1, 2, 0));
        assertThatThrownBy(writer::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only 1 of 2 rows were written");
    }

    @Test
    void readsForSeveralThreadsAtOnce() {
        int rows = 500;
        ExampleStore.Writer writer = store().open(rows, 3, 2);
        writer.append(counting(rows, 3, 0), counting(rows, 2, 0));
        Examples examples = writer.finish();
        IntStream.range(0, 64).parallel().forEach(reader -> {
            FMatrixRMaj x = new FMatrixRMaj(rows, 3);
            FMatrixRMaj y = new FMatrixRMaj(rows, 2);
            examples.gather(IntStream.range(0, rows).toArray(), 0, x, y);
            assertThat(x.data).isEqualTo(counting(rows, 3, 0).data);
            assertThat(y.data).isEqualTo(counting(rows, 2, 0).data);
        });
    }

    @Test
    void readsWithoutAllocating() {
        Examples examples = fiveRows();
        FMatrixRMaj x = new FMatrixRMaj(3, 3);
        FMatrixRMaj y = new FMatrixRMaj(3, 2);
        int[] order = {1, 4, 0};
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int round = 0; round < 2; round++) { // the first one loads what there is to load
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1000; i++) {
                examples.gather(order, 0, x, y);
                examples.copy(2, x, y);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).isLessThan(1000);
    }

    private static void assertRefused(Runnable reading) {
        assertThatThrownBy(reading::run).isInstanceOf(IllegalArgumentException.class);
    }

    private static FMatrixRMaj counting(int rows, int columns, int first) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
        for (int i = 0; i < matrix.data.length; i++) {
            matrix.data[i] = first + i;
        }
        return matrix;
    }
}
