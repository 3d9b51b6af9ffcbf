package io.twostep.storage;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Some of the disk, held back for the day when it is full. The database, which would close itself then, goes on in it,
 * so that whoever reads or predicts notices nothing. Until the reserve is held again, nothing else may be written.
 */
final class Reserve {

    private static final Logger log = LoggerFactory.getLogger(Reserve.class);
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final long bytes;

    /** @param bytes how much is held back; 0 for nothing */
    Reserve(Path file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /** Gives the reserve to the disk; false if it is gone already. */
    synchronized boolean release() {
        try {
            boolean released = Files.deleteIfExists(file);
            if (released) {
                log.warn(
                        "The disk is full. The database goes on in its reserve; uploads are refused until there is room.");
            }
            return released;
        } catch (IOException e) {
            log.error("The reserve of the disk cannot be released", e);
            return false;
        }
    }

    /** Whether the reserve is held; it is taken again as soon as there is twice as much room. */
    synchronized boolean isHeld() {
        try {
            if (bytes == 0 || (Files.exists(file) && Files.size(file) >= bytes)) {
                return true;
            }
            if (Files.getFileStore(file.getParent()).getUsableSpace() < 2 * bytes) {
                return false;
            }
            fill();
            return true;
        } catch (IOException e) {
            log.warn("The disk has no room for a reserve", e);
            release();
            return false;
        }
    }

    private void fill() throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= BUFFER) {
                out.write(buffer, 0, (int) Math.min(BUFFER, left));
            }
        }
    }
}
