package io.twostep.model;

import io.twostep.model.WeightsFormat.DamagedException;
import io.twostep.storage.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/** A planted fault: the weights in a file, whatever its checksum says. */
public final class UncheckedWeights {

    private static final int HASH_BYTES = 32;

    private UncheckedWeights() {}

    public static Weights read(byte[] file) {
        byte[] content = Arrays.copyOf(file, file.length - HASH_BYTES);
        MessageDigest digest = Sha256.digest();
        digest.update(content);
        byte[] hash = HexFormat.of().parseHex(Sha256.hex(digest));
        try {
            return WeightsFormat.read(
                    ByteBuffer.allocate(file.length).put(content).put(hash).array());
        } catch (DamagedException e) {
            throw new IllegalStateException(e);
        }
    }
}
