package io.twostep.dataset;

import io.twostep.csv.Bytes;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.DataFolder;
import io.twostep.storage.Sha256;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/**
 * The bytes of one upload in a temporary folder of their own, which goes with {@link #close()}.
 *
 * @param file the bytes as they came, or unpacked
 * @param sha256 of the bytes as they came
 * @param bytes how many came
 * @param folder holds the file, and has room for what is made of it
 */
record Upload(DataFolder dataFolder, Path folder, Path file, String sha256, long bytes) implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    /** Copies the body to the disk; throws {@code PAYLOAD_TOO_LARGE} as soon as it is longer than {@code maxBytes}. */
    static Upload receive(InputStream body, long maxBytes, DataFolder dataFolder) {
        dataFolder.requireRoom();
        Path folder = dataFolder.newTemporaryFolder();
        try {
            Path file = folder.resolve("upload");
            MessageDigest digest = Sha256.digest();
            long bytes = copy(body, file, digest, maxBytes);
            return new Upload(dataFolder, folder, file, Sha256.hex(digest), bytes);
        } catch (IOException e) {
            dataFolder.delete(folder);
            throw new StorageException(e);
        } catch (RuntimeException e) {
            dataFolder.delete(folder);
            throw e;
        }
    }

    /** What is in the file. */
    Bytes content() {
        return () -> Files.newInputStream(file);
    }

    /** The same upload seen through another file in its folder. */
    Upload with(Path other) {
        return new Upload(dataFolder, folder, other, sha256, bytes);
    }

    @Override
    public void close() {
        dataFolder.delete(folder);
    }

    private static long copy(InputStream body, Path file, MessageDigest digest, long maxBytes) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int read = read(body, buffer); read >= 0; read = read(body, buffer)) {
                bytes += read;
                if (bytes > maxBytes) {
                    throw new ServiceException(
                            ErrorCode.PAYLOAD_TOO_LARGE, "The body is longer than " + maxBytes + " bytes.");
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return bytes;
    }

    /** The client's failures are not the disk's. */
    private static int read(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            ServiceException cut = new ServiceException(ErrorCode.MALFORMED_REQUEST, "The body ended early.");
            cut.initCause(e);
            throw cut;
        }
    }
}
