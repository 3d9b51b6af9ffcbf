package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private static FMatrixRMaj matrix(float[][] rows) {
        return new FMatrixRMaj(rows);
    }

    /** Numbers 0, 1, 2, … row by row, in an array that is longer than needed. */
    private static FMatrixRMaj counting(int rows, int columns) {
        FMatrixRMaj matrix = new FMatrixRMaj(rows + 1, columns);
        Arrays.fill(matrix.data, Float.NaN);
        matrix.reshape(rows, columns);
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = i;
        }
        return matrix;
    }

    private static float[] numbers(FMatrixRMaj matrix) {
        return Arrays.copyOf(matrix.data, matrix.getNumElements());
    }

    @Test
    void fillsRowsOrATileOfThem() {
        FMatrixRMaj x = counting(3, 3);
        FMatrixRMaj row = matrix(new float[][] {{10, 20, 30}});

        Kernels.fillRows(row, x, new Tile(1, 2, 1, 1));
        assertThat(numbers(x)).containsExactly(0, 1, 2, 3, 20, 5, 6, 20, 8);

        Kernels.fillRows(row, x, null);
        assertThat(numbers(x)).containsExactly(10, 20, 30, 10, 20, 30, 10, 20, 30);
    }

    @Test
    void multipliesElementByElement() {
        FMatrixRMaj x = counting(2, 2);

        Kernels.multiplyElements(x, matrix(new float[][] {{5, 4}, {3, 2}}), null);

        assertThat(numbers(x)).containsExactly(0, 4, 6, 6);
    }

    @Test
    void subtractsElementByElement() {
        FMatrixRMaj result = new FMatrixRMaj(2, 2);

        Kernels.subtract(counting(2, 2), matrix(new float[][] {{5, 4}, {3, 2}}), result);

        assertThat(result.data).containsExactly(-5, -3, -1, 1);
    }

    @Test
    void scalesEveryNumber() {
        FMatrixRMaj x = counting(2, 2);

        Kernels.scale(x, 0.5f);

        assertThat(numbers(x)).containsExactly(0, 0.5f, 1, 1.5f);
    }

    @Test
    void gathersRowsInTheOrderAskedFor() {
        FMatrixRMaj batch = new FMatrixRMaj(2, 2);

        Kernels.gatherRows(counting(4, 2), new int[] {0, 3, 1, 2}, 1, batch);

        assertThat(batch.data).containsExactly(6, 7, 2, 3);
    }

    @Test
    void gathersNoRowThatIsNotThere() {
        FMatrixRMaj source = counting(4, 2);
        FMatrixRMaj batch = new FMatrixRMaj(2, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.gatherRows(source, new int[] {0, 4}, 0, batch))
                .withMessage("no row 4 in [4 x 2]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.gatherRows(source, new int[] {0, 1}, 1, batch))
                .withMessage("no 2 rows from place 1 among 2");
    }

    @Test
    void copiesARunOfRows() {
        FMatrixRMaj target = new FMatrixRMaj(2, 2);

        Kernels.copyRows(counting(4, 2), 2, target);

        assertThat(target.data).containsExactly(4, 5, 6, 7);
        assertThatIllegalArgumentException().isThrownBy(() -> Kernels.copyRows(counting(4, 2), 3, target));
    }

    @Test
    void sumsSquaresInDoublePrecision() {
        assertThat(Kernels.squaredNorm(counting(1, 7))).isEqualTo(91);
        assertThat(Kernels.squaredNorm(matrix(new float[][] {{1e30f, 1e30f}}))).isCloseTo(2e60, within(1e54));
    }

    @Test
    void seesTheOneNumberThatIsNotFinite() {
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            FMatrixRMaj x = counting(3, 3);
            assertThat(Kernels.allFinite(x)).isTrue();

            x.set(2, 2, bad);

            assertThat(Kernels.allFinite(x)).isFalse();
        }
    }

    @Test
    void namesShapesThatDoNotFit() {
        FMatrixRMaj x = new FMatrixRMaj(2, 3);
        FMatrixRMaj other = new FMatrixRMaj(2, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kernels.fillRows(other, x, null))
                .withMessage("shapes do not fit: [2 x 3] and [2 x 2]");
        assertThatIllegalArgumentException().isThrownBy(() -> Kernels.multiplyElements(x, other, null));
        assertThatIllegalArgumentException().isThrownBy(() -> Kernels.gatherRows(x, new int[] {0, 1}, 0, other));
        assertThatIllegalArgumentException().isThrownBy(() -> Kernels.copyRows(x, 0, other));
    }
}
