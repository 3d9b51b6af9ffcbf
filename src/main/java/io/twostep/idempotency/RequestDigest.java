package io.twostep.idempotency;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** The SHA-256 of a request's query and body, taken while somebody reads the body. */
final class RequestDigest {

    private final MessageDigest digest = Sha256.digest();
    private @Nullable Watched body;
    private @Nullable String hex;

    RequestDigest(@Nullable String query) {
        digest.update(((query == null ? "" : query) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What else tells one request from another; before the body is read. */
    void also(String more) {
        digest.update((more + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** The same body, to be read in place of it. */
    InputStream watch(InputStream in) {
        body = new Watched(in);
        return body;
    }

    /** The 64 digits. Reads what nobody has read of the body, and keeps none of it. */
    String sha256() {
        if (hex == null) {
            if (body != null) {
                body.readToEnd();
            }
            hex = Sha256.hex(digest);
        }
        return hex;
    }

    private final class Watched extends FilterInputStream {

        private boolean ended;

        Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int octet = in.read();
            if (octet < 0) {
                ended = true;
            } else {
                digest.update((byte) octet);
            }
            return octet;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int octets = in.read(target, offset, length);
            if (octets < 0) {
                ended = true;
            } else {
                digest.update(target, offset, octets);
            }
            return octets;
        }

        @Override
        public long skip(long octets) throws IOException {
            return readNBytes((int) Math.min(octets, 1 << 16)).length;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        void readToEnd() {
            try {
                if (!ended) {
                    transferTo(OutputStream.nullOutputStream());
                }
            } catch (IOException e) {
                ServiceException cut = new ServiceException(ErrorCode.MALFORMED_REQUEST, "The body ended early.");
                cut.initCause(e);
                throw cut;
            }
        }
    }
}
