package io.twostep.model;

import io.twostep.storage.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The file that holds a model's weights. All numbers are little-endian.
 *
 * <pre>
 * 8 bytes   TWSTMODL
 * int32     version of the format: 1
 * int32     number of arrays
 * for each: int32 length of the name, the name in UTF-8, int32 rows, int32 columns
 * for each: rows * columns float32, row by row
 * 32 bytes  SHA-256 of everything above
 * </pre>
 */
final class WeightsFormat {

    private static final byte[] MAGIC = "TWSTMODL".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int START_BYTES = 8 + 2 * Integer.BYTES;
    private static final int HASH_BYTES = 32;

    private WeightsFormat() {}

    static void write(Weights weights, OutputStream out) throws IOException {
        MessageDigest hash = Sha256.digest();
        DigestOutputStream hashed = new DigestOutputStream(out, hash);
        hashed.write(header(weights));
        for (Weights.Array array : weights.arrays()) {
            hashed.write(bytes(array.values()));
        }
        out.write(hash.digest());
    }

    /**
     * The weights in a file. Its checksum is proved before a number in it is believed: it guards against a failing disk,
     * not against somebody who can write to the data folder.
     *
     * @throws DamagedException if the bytes are not those that were written
     */
    static Weights read(byte[] bytes) throws DamagedException {
        checkHash(bytes);
        return readContent(littleEndian(bytes));
    }

    static String sha256(Weights weights) {
        MessageDigest hash = Sha256.digest();
        weights.arrays().forEach(array -> hash.update(bytes(array.values())));
        return Sha256.hex(hash);
    }

    private static byte[] header(Weights weights) {
        List<byte[]> names = weights.arrays().stream()
                .map(array -> array.name().getBytes(StandardCharsets.UTF_8))
                .toList();
        int length = START_BYTES
                + names.stream()
                        .mapToInt(name -> 3 * Integer.BYTES + name.length)
                        .sum();
        byte[] bytes = new byte[length];
        ByteBuffer header = littleEndian(bytes).put(MAGIC).putInt(VERSION).putInt(names.size());
        for (int i = 0; i < names.size(); i++) {
            FMatrixRMaj values = weights.arrays().get(i).values();
            header.putInt(names.get(i).length).put(names.get(i));
            header.putInt(values.getNumRows()).putInt(values.getNumCols());
        }
        return bytes;
    }

    private static void checkHash(byte[] bytes) throws DamagedException {
        int end = bytes.length - HASH_BYTES;
        if (end < START_BYTES) {
            throw new DamagedException("it is too short");
        }
        MessageDigest hash = Sha256.digest();
        hash.update(bytes, 0, end);
        if (!MessageDigest.isEqual(hash.digest(), Arrays.copyOfRange(bytes, end, bytes.length))) {
            throw new DamagedException("its checksum does not match");
        }
    }

    private static Weights readContent(ByteBuffer file) throws DamagedException {
        byte[] magic = new byte[MAGIC.length];
        file.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw new DamagedException("it is no file of weights");
        }
        int version = file.getInt();
        if (version != VERSION) {
            throw new DamagedException("its format is version " + version + ", and only " + VERSION + " is known");
        }
        int count = file.getInt();
        List<Weights.Array> arrays = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] name = new byte[file.getInt()];
            file.get(name);
            FMatrixRMaj values = new FMatrixRMaj(file.getInt(), file.getInt());
            arrays.add(new Weights.Array(new String(name, StandardCharsets.UTF_8), values));
        }
        arrays.forEach(array -> getAll(file, array.values()));
        return new Weights(arrays);
    }

    private static byte[] bytes(FMatrixRMaj values) {
        byte[] bytes = new byte[values.getNumElements() * Float.BYTES];
        littleEndian(bytes).asFloatBuffer().put(values.data, 0, values.getNumElements());
        return bytes;
    }

    private static void getAll(ByteBuffer file, FMatrixRMaj values) {
        int count = values.getNumElements();
        file.asFloatBuffer().get(values.data, 0, count);
        file.position(file.position() + count * Float.BYTES);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What is wrong with a file. */
    static final class DamagedException extends Exception {

        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }
}
