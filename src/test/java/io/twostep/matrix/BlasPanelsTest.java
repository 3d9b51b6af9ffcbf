package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the library that is there, whatever the processor; {@link AffineTest} asks whether rows keep their bits. */
class BlasPanelsTest {

    @BeforeAll
    static void loadTheLibrary() {
        assertThat(Arithmetic.fast().isNative()).isTrue();
    }

    /** Narrow, with a narrower last panel, with several blocks, and with more rows than go together. */
    @ParameterizedTest
    @CsvSource({"40, 10, 10, 256, 7", "40, 70, 64, 16, 33", "784, 256, 64, 16, 100", "3000, 50, 16, 8, 19"})
    void addTheSameProductInAndOutsideOfTheHeap(int inputs, int outputs, int columns, int rows, int count) {
        BlasBlocking blocking = new BlasBlocking(inputs, outputs, columns, rows);
        FMatrixRMaj weights = some(inputs, outputs);
        FMatrixRMaj x = some(count + 2, inputs);
        FMatrixRMaj onHeap = some(count + 2, outputs);
        FMatrixRMaj outside = onHeap.copy();
        BlasPanels arrays = new BlasArrayPanels(NativeBLAS.getInstance(), blocking, weights);
        BlasPanels aligned = Objects.requireNonNull(BlasNativePanels.of(blocking, weights));
        addAll(arrays, x, onHeap, 2, count, false);
        addAll(aligned, x, outside, 2, count, true);
        assertThat(outside.data).isEqualTo(onHeap.data);
        FMatrixRMaj sums = product(x, weights);
        FMatrixRMaj before = some(count + 2, outputs);
        for (int i = 0; i < outside.data.length; i++) {
            float added = i < 2 * outputs ? 0 : sums.data[i];
            assertThat(outside.data[i] - before.data[i]).isCloseTo(added, within(1e-3f));
        }
    }

    @Test
    void beginAtALineOfTheCache() {
        for (int numbers : new int[] {1, 15, 1000, 100_000}) {
            try (FloatPointer pointer = new FloatPointer(NativeFloats.allocate(numbers))) {
                assertThat(pointer.address() % 64).isZero();
                assertThat(pointer.capacity()).isGreaterThanOrEqualTo(numbers);
            }
        }
    }

    @Test
    void stayOnTheHeapWhereThereIsNoRoomOutside() {
        BlasBlocking blocking = new BlasBlocking(1000, 1000, 64, 8);
        FMatrixRMaj weights = some(1000, 1000);
        List<BlasPanels> taken = new ArrayList<>();
        BlasPanels next = BlasNativePanels.of(blocking, weights);
        while (next != null && taken.size() < 20) {
            taken.add(next);
            next = BlasNativePanels.of(blocking, weights);
        }
        assertThat(next).isNull();
        assertThat(taken).hasSizeBetween(1, 16);
    }

    @Test
    void stayOnTheHeapWhereRowsAreTooWideToBeCopied() {
        assertThat(BlasNativePanels.of(new BlasBlocking(10_000, 10, 10, 8), some(10_000, 10)))
                .isNull();
    }

    private static void addAll(
            BlasPanels panels, FMatrixRMaj x, FMatrixRMaj y, int from, int count, boolean backwards) {
        int most = panels.mostRows();
        for (int row = 0; row < count; row += most) {
            panels.add(x, y, from + row, Math.min(most, count - row), backwards);
        }
    }

    private static FMatrixRMaj product(FMatrixRMaj x, FMatrixRMaj weights) {
        FMatrixRMaj product = new FMatrixRMaj(x.numRows, weights.numCols);
        new JavaProducts().multiply(x, weights, product);
        return product;
    }

    private static FMatrixRMaj some(int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, ProductsTrial.numbers(rows * columns));
    }
}
