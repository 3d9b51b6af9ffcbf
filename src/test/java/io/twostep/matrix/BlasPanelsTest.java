package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ludovic.netlib.blas.NativeBLAS;
import java.nio.FloatBuffer;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On the library that is there; {@link AffineTest} asks whether rows keep their bits. */
class BlasPanelsTest {

    @BeforeEach
    void needsTheNativeLibrary() {
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());
    }

    /** Narrow, with a narrower last panel, with several blocks on their way together, and one after another. */
    @ParameterizedTest
    @CsvSource({
        "1, 17, 17, 4, 9",
        "40, 10, 10, 64, 200",
        "41, 71, 64, 16, 33",
        "784, 256, 64, 16, 100",
        "3000, 50, 16, 8, 19"
    })
    void areTheSameInAndOutsideOfTheHeap(int inputs, int outputs, int columns, int rows, int count) {
        BlasLayout layout = new BlasLayout(inputs, outputs, columns, rows);
        FMatrixRMaj weights = some(inputs, outputs);
        FMatrixRMaj biases = some(1, outputs);
        FMatrixRMaj x = some(count, inputs);
        FMatrixRMaj onHeap = new FMatrixRMaj(count, outputs);
        new BlasArrayPanels(NativeBLAS.getInstance(), layout, weights).map(x, biases, onHeap, false);
        FMatrixRMaj outside = new FMatrixRMaj(count, outputs);
        Objects.requireNonNull(BlasNativePanels.of(layout, weights, Long.MAX_VALUE))
                .map(x, biases, outside, true);
        assertThat(outside.data).isEqualTo(onHeap.data);
        FMatrixRMaj expected = new FMatrixRMaj(count, outputs);
        new JavaProducts().affine(x, weights, biases, expected, null);
        for (int i = 0; i < expected.data.length; i++) {
            assertThat(outside.data[i]).isCloseTo(expected.data[i], within(1e-3f));
        }
    }

    @Test
    void beginAtALineOfTheCache() {
        for (int numbers = 1; numbers < 200_000; numbers += 1 + numbers / 3) {
            FloatBuffer buffer = NativeFloats.allocate(numbers);
            try (FloatPointer pointer = new FloatPointer(buffer)) {
                assertThat(pointer.address() % 64).isZero();
                assertThat(buffer.capacity()).isEqualTo(numbers);
            }
        }
    }

    @Test
    void stayOnTheHeapWhereThereIsNoRoomOutside() {
        assertThat(NativeFloats.ifThereIsRoom(100, 0)).isNull();
        assertThat(NativeFloats.ifThereIsRoom(100, Long.MAX_VALUE)).isNotNull();
    }

    @Test
    void stayOnTheHeapWhereTheyAreLarge() {
        assertThat(BlasNativePanels.mostRows(784, 256)).isEqualTo(31);
        assertThat(BlasNativePanels.mostRows(512, 513)).isZero();
        assertThat(BlasNativePanels.mostRows(40_000, 5)).isZero();
    }

    /** Or an answer would depend on what other models were loaded before this one. */
    @ParameterizedTest
    @CsvSource({"40, 10", "100, 300", "130, 17", "784, 256", "600, 700"})
    void giveTheSameBitsWhereverTheyLie(int inputs, int outputs) {
        FMatrixRMaj weights = some(inputs, outputs);
        FMatrixRMaj biases = some(1, outputs);
        Affine onHeap = new BlasBlocks(NativeBLAS.getInstance(), 1_000_000, 0).frozen(weights, biases);
        Affine outside = new BlasBlocks(NativeBLAS.getInstance(), 1_000_000, Long.MAX_VALUE).frozen(weights, biases);
        assumeTrue(onHeap != null && outside != null, "no block of rows suits");
        for (int count : new int[] {1, 5, 16, 100, 300}) {
            FMatrixRMaj x = some(count, inputs);
            FMatrixRMaj expected = new FMatrixRMaj(count, outputs);
            onHeap.apply(x, expected);
            FMatrixRMaj y = new FMatrixRMaj(count, outputs);
            outside.apply(x, y);
            assertThat(y.data).isEqualTo(expected.data);
        }
    }

    private static FMatrixRMaj some(int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, ProductsTrial.numbers(rows * columns));
    }
}
