package io.twostep.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.model.WeightsFormat.DamagedException;
import io.twostep.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class WeightsFormatTest {

    private static final Weights WEIGHTS = new Weights(List.of(
            new Weights.Array("layers.0.weights", new FMatrixRMaj(2, 3, true, 1f, -2.5f, 3f, 0f, -0f, 1e-40f)),
            new Weights.Array("layers.0.biases", new FMatrixRMaj(1, 3, true, Float.MAX_VALUE, 0.1f, 7f))));

    @Test
    void readsBackWhatItWrote() throws Exception {
        Weights read = WeightsFormat.read(written(WEIGHTS));

        assertThat(read.arrays())
                .extracting(Weights.Array::name)
                .containsExactly("layers.0.weights", "layers.0.biases");
        for (int i = 0; i < 2; i++) {
            FMatrixRMaj before = WEIGHTS.arrays().get(i).values();
            FMatrixRMaj after = read.arrays().get(i).values();
            assertThat(after.getNumRows()).isEqualTo(before.getNumRows());
            assertThat(after.getNumCols()).isEqualTo(before.getNumCols());
            assertThat(after.data).isEqualTo(before.data);
        }
    }

    /** The bytes of a small file, one by one: files that were written once must be readable for ever. */
    @Test
    void isLaidOutAsDocumented() throws Exception {
        Weights one = new Weights(List.of(new Weights.Array("w", new FMatrixRMaj(1, 2, true, 1f, -2f))));

        byte[] file = written(one);

        String content = "5457 5354 4d4f 444c" // TWSTMODL
                + "01000000" // version of the format
                + "01000000" // one array
                + "01000000 77" // its name
                + "01000000 02000000" // one row, two columns
                + "0000803f 000000c0"; // 1, -2
        byte[] expected = HexFormat.of().parseHex(content.replace(" ", ""));
        assertThat(file).startsWith(expected).hasSize(expected.length + 32);
        assertThat(HexFormat.of().formatHex(file, expected.length, file.length)).isEqualTo(sha256(expected));
    }

    @Test
    void hashesTheNumbersAndNothingElse() {
        byte[] numbers = HexFormat.of().parseHex("0000803f000000c0");

        String hash = new Weights(List.of(new Weights.Array("w", new FMatrixRMaj(1, 2, true, 1f, -2f)))).sha256();

        assertThat(hash).isEqualTo(sha256(numbers));
    }

    @Test
    void ignoresRoomBehindTheNumbers() {
        FMatrixRMaj roomy = new FMatrixRMaj(5, 5);
        roomy.reshape(1, 2);
        roomy.data[0] = 1f;
        roomy.data[1] = -2f;
        Weights tight = new Weights(List.of(new Weights.Array("w", new FMatrixRMaj(1, 2, true, 1f, -2f))));

        assertThat(new Weights(List.of(new Weights.Array("w", roomy))).sha256()).isEqualTo(tight.sha256());
    }

    @Test
    void detectsAnyChangedByte() throws Exception {
        byte[] file = written(WEIGHTS);
        for (int i = 0; i < file.length; i++) {
            byte[] changed = file.clone();
            changed[i] ^= 0x10;
            assertThatThrownBy(() -> WeightsFormat.read(changed))
                    .as("byte %d", i)
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void detectsAnyMissingEnd() throws Exception {
        byte[] file = written(WEIGHTS);
        for (int length = 0; length < file.length; length++) {
            byte[] shorter = Arrays.copyOf(file, length);
            assertThatThrownBy(() -> WeightsFormat.read(shorter))
                    .as("%d bytes", length)
                    .isInstanceOf(DamagedException.class);
        }
    }

    @Test
    void refusesAFormatItDoesNotKnow() throws Exception {
        assertThatThrownBy(() -> WeightsFormat.read(sealed(ByteBuffer.allocate(16)
                        .put("TWSTMODL".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) 2)
                        .array())))
                .hasMessage("its format is version 2, and only 1 is known");
        assertThatThrownBy(() -> WeightsFormat.read(sealed(new byte[16]))).hasMessage("it is no file of weights");
    }

    private static byte[] written(Weights weights) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WeightsFormat.write(weights, out);
        return out.toByteArray();
    }

    private static byte[] sealed(byte[] content) {
        byte[] hash = HexFormat.of().parseHex(sha256(content));
        return ByteBuffer.allocate(content.length + hash.length)
                .put(content)
                .put(hash)
                .array();
    }

    private static String sha256(byte[] bytes) {
        MessageDigest digest = Sha256.digest();
        digest.update(bytes);
        return Sha256.hex(digest);
    }
}
