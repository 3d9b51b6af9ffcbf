package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a library that is made up; {@link AffineTest} asks the one that is there. */
class BlasBlocksTest {

    private static final int UNPACKED = 100_000;

    private final Set<Integer> asked = new TreeSet<>();

    /** As many rows as have the bits that they have alone, and no more multiplications than go unpacked. */
    @ParameterizedTest
    @CsvSource({"1000, 30, 40, 64", "1000, 30, 20, 128", "17, 30, 40, 16", "16, 30, 70, 16", "5, 30, 40, 4"})
    void asksForTheLargestBlockWhoseRowsHaveTheirBits(int alike, int inputs, int outputs, int rows) {
        Affine map = Objects.requireNonNull(blocks(alike).frozen(some(inputs, outputs), some(1, outputs)));
        FMatrixRMaj x = some(200, inputs);
        FMatrixRMaj y = new FMatrixRMaj(200, outputs);
        asked.clear();
        map.apply(x, y);
        int rest = 200 % rows;
        assertThat(asked).isEqualTo(rest == 0 ? Set.of(rows) : Set.of(rows, rest));
        FMatrixRMaj alone = new FMatrixRMaj(1, outputs);
        map.apply(FMatrixRMaj.wrap(1, inputs, Arrays.copyOfRange(x.data, 7 * inputs, 8 * inputs)), alone);
        assertThat(alone.data).isEqualTo(Arrays.copyOfRange(y.data, 7 * outputs, 8 * outputs));
    }

    @Test
    void leavesALibraryAloneWhoseRowsDifferInEveryBlock() {
        assertThat(blocks(1).frozen(some(30, 40), some(1, 40))).isNull();
    }

    @Test
    void triesAShapeOnce() {
        BlasBlocks blocks = blocks(1000);
        blocks.frozen(some(30, 40), some(1, 40));
        asked.clear();
        blocks.frozen(some(30, 40), some(1, 40));
        assertThat(asked).isEmpty();
    }

    private BlasBlocks blocks(int alike) {
        return new BlasBlocks(library(alike), UNPACKED, 0);
    }

    /** Begins with the last term where C has more columns than {@code alike}. */
    private BLAS library(int alike) {
        return MadeUpBlas.of(
                (call, i, j, c) -> {
                    float sum = 0;
                    for (int p = 0; p < call.k(); p++) {
                        int term = call.n() > alike ? call.k() - 1 - p : p;
                        sum += call.left(i, term) * call.right(term, j);
                    }
                    return c + sum;
                },
                asked);
    }

    private static FMatrixRMaj some(int rows, int columns) {
        return FMatrixRMaj.wrap(rows, columns, ProductsTrial.numbers(rows * columns));
    }
}
