package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaProductsTest extends ProductsContract {

    private final Products products = new JavaProducts();

    @Override
    Products products() {
        return products;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void addsTermAfterTermWhateverTheLoops(Example example) {
        assertThat(example.computedBy(products)).isEqualTo(example.inOrder());
    }

    /** A model trained in portable arithmetic can be made again only while these stay as they are. */
    @Test
    void givesTheBitsItGaveOnOtherMachines() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Example.random(50, 100).forEach(example -> digest.update(bytes(example.computedBy(products))));

        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("9e8c8f58395d569b943abf316f82e62dd11ae2c8431e5c4e142c9d5e60451a26");
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }
}
