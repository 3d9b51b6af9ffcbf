package io.twostep.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forces what was written to the disk. A disk that fails to do so ends the process: the system may have dropped the
 * bytes, and would answer a second try as if all were well, so that nothing in memory can be trusted to be on the disk
 * any more. The next start recovers from what is there.
 */
class Force {

    /** The exit code that BSD's {@code sysexits.h} has for an error of input or output. */
    static final int EXIT_CODE = 74;

    /** What the service uses. */
    static final Force OR_END = new Force(() -> Runtime.getRuntime().halt(EXIT_CODE));

    private static final Logger log = LoggerFactory.getLogger(Force.class);

    private final Runnable end;

    /** @param end ends the process, or stands for that in a test */
    Force(Runnable end) {
        this.end = end;
    }

    /** All that was written to that file so far, by whomever. */
    void file(Path file) throws IOException {
        channel(file, StandardOpenOption.WRITE);
    }

    /** What was made, renamed or deleted in that folder so far. */
    void folder(Path folder) throws IOException {
        // Windows cannot open a folder, and keeps its directory entries safe by itself.
        if (DataFolder.knowsModes(folder)) {
            channel(folder, StandardOpenOption.READ);
        }
    }

    /** The bytes of an open file, and its length. */
    void bytes(FileChannel file) throws IOException {
        force(file, false);
    }

    /** What to do about a file that does not take its bytes for another reason than a full disk. */
    IOException failed(IOException e) {
        log.error("The disk does not keep what it is given. The service ends here, and recovers when it starts.", e);
        end.run();
        return e;
    }

    private void channel(Path path, StandardOpenOption mode) throws IOException {
        try (FileChannel channel = FileChannel.open(path, mode)) {
            force(channel, true);
        }
    }

    private void force(FileChannel channel, boolean metadata) throws IOException {
        try {
            channel.force(metadata);
        } catch (ClosedChannelException e) {
            throw e; // the thread was interrupted, or somebody closed the file: the disk was not asked
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
