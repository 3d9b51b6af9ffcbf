package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.StorageException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks uploads that are gzip files, whatever is said of them: no table begins with these bytes. */
final class Gzip {

    /** What any body may unpack to. */
    private static final int ALLOWANCE = 1 << 20;

    private static final int BUFFER = 1 << 16;

    private Gzip() {}

    /**
     * The upload itself, or what is in it.
     *
     * @throws ServiceException MALFORMED_GZIP, and PAYLOAD_TOO_LARGE as soon as it unpacks to more than is allowed
     */
    static Upload unpacked(Upload upload, DatasetProperties bounds) {
        try {
            if (!isGzip(upload.file())) {
                return upload;
            }
            Path unpacked = upload.folder().resolve("unpacked");
            try (InputStream packed = Files.newInputStream(upload.file());
                    OutputStream out = Files.newOutputStream(unpacked)) {
                copy(packed, out, upload.bytes(), bounds);
            }
            Files.delete(upload.file());
            return upload.with(unpacked);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private static boolean isGzip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1F && in.read() == 0x8B;
        }
    }

    private static void copy(InputStream packed, OutputStream out, long size, DatasetProperties bounds)
            throws IOException {
        long most = bounds.maxBytes().toBytes();
        long mostOfItsSize = ALLOWANCE + size * bounds.maxRatio();
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        try (Packed in = new Packed(packed)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes += read;
                if (bytes > most) {
                    throw tooLarge("more than " + most + " bytes");
                }
                if (bytes > mostOfItsSize) {
                    throw tooLarge("more than " + bounds.maxRatio() + " times its size");
                }
                out.write(buffer, 0, read);
            }
        }
    }

    private static ServiceException tooLarge(String most) {
        return new ServiceException(ErrorCode.PAYLOAD_TOO_LARGE, "The gzip body unpacks to " + most + ".");
    }

    /** Tells what is wrong with the bytes from what is wrong with the disk. */
    private static final class Packed implements AutoCloseable {

        private final GzipMembers in;

        Packed(InputStream packed) {
            try {
                in = new GzipMembers(packed);
            } catch (IOException e) {
                throw malformed(e);
            }
        }

        int read(byte[] buffer) {
            try {
                return in.read(buffer);
            } catch (IOException e) {
                throw malformed(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        private static ServiceException malformed(IOException e) {
            ServiceException malformed = new ServiceException(
                    ErrorCode.MALFORMED_GZIP,
                    e instanceof EOFException
                            ? "The gzip body ends early: it was cut short."
                            : "The gzip body is damaged: it cannot be unpacked.");
            malformed.addSuppressed(e); // as a cause, the early end would be taken for a client that is gone
            return malformed;
        }
    }
}
