package io.twostep.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import io.twostep.matrix.Tile;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class ActivationTest {

    private static final float TINY = Float.MIN_VALUE;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    private final Functions functions = Arithmetic.portable().functions();

    @Test
    void leakyReluKeepsSpecialValues() {
        float[] z = {2, -2, 0, -0f, TINY, INFINITY, -INFINITY, Float.NaN};
        float[] slopes = new float[z.length];
        new Activation.LeakyRelu(0.25).activate(functions, z, slopes, 0, z.length);
        assertThat(z).containsExactly(2, -0.5f, 0, 0, TINY, INFINITY, -INFINITY, Float.NaN);
        assertThat(slopes).startsWith(1, 0.25f, 0.25f, 0.25f, 1, 1, 0.25f);
    }

    @Test
    void reluIsASwitch() {
        float[] z = {2, -2, 0, -0f, TINY, INFINITY, -INFINITY, Float.NaN};
        float[] mask = new float[z.length];
        new Activation.Relu().activate(functions, z, mask, 0, z.length);
        assertThat(z).containsExactly(2, 0, 0, 0, TINY, INFINITY, 0, Float.NaN);
        assertThat(mask).startsWith(1, 0, 0, 0, 1, 1, 0);
    }

    @Test
    void activatesATileAndNothingElse() {
        FMatrixRMaj z = new FMatrixRMaj(new float[][] {{-1, -1, -1}, {-1, -1, -1}, {-1, -1, -1}});
        FMatrixRMaj mask = new FMatrixRMaj(new float[][] {{9, 9, 9}, {9, 9, 9}, {9, 9, 9}});
        new Activation.Relu().activate(functions, z, mask, new Tile(1, 1, 1, 2));
        assertThat(z.data).containsExactly(-1, -1, -1, -1, 0, 0, -1, -1, -1);
        assertThat(mask.data).containsExactly(9, 9, 9, 9, 0, 0, 9, 9, 9);
    }

    @Test
    void softmaxRefusesPartsOfRows() {
        FMatrixRMaj z = new FMatrixRMaj(2, 3);
        Activation softmax = new Activation.Softmax();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> softmax.activate(functions, z, null, new Tile(0, 2, 0, 2)))
                .withMessageContaining("rows of 3 units");
        softmax.activate(functions, z, null, new Tile(1, 1, 0, 3));
        assertThat(z.data).containsExactly(0, 0, 0, 1 / 3f, 1 / 3f, 1 / 3f);
    }
}
