package io.twostep.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.store.fs.FileBaseDefault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForceTest {

    private final AtomicInteger ends = new AtomicInteger();
    private final Force force = new Force(ends::incrementAndGet);

    @TempDir
    Path folder;

    @Test
    void endsTheProcessWhenTheDiskDoesNotKeepSomething() {
        assertThatThrownBy(() -> force.bytes(new Disk("", "Input/output error")))
                .hasMessage("Input/output error");

        assertThat(ends).hasValue(1);
    }

    /** A full disk comes out at a write, as a rule; where it comes out later, what was written before may be lost. */
    @Test
    void endsTheProcessEvenWhenTheDiskIsFull() {
        assertThatThrownBy(() -> force.bytes(new Disk("", "No space left on device")))
                .isInstanceOf(IOException.class);

        assertThat(ends).hasValue(1);
    }

    @Test
    void goesOnWhenAThreadIsInterrupted() throws IOException {
        try (FileChannel file =
                FileChannel.open(folder.resolve("file"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> force.bytes(file)).isInstanceOf(IOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(ends).hasValue(0);
    }

    @Test
    void endsTheProcessWhenTheDatabaseCannotWrite() {
        ForcedFile file = new ForcedFile(new Disk("Input/output error", ""), force, () -> false);

        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(4096), 8192)).isInstanceOf(IOException.class);

        assertThat(ends).hasValue(1);
    }

    @Test
    void goesOnWhenTheDatabaseFindsTheDiskFull() {
        ForcedFile file = new ForcedFile(new Disk("No space left on device", ""), force, () -> false);

        assertThatThrownBy(() -> file.write(ByteBuffer.allocate(4096), 8192)).isInstanceOf(IOException.class);

        assertThat(ends).hasValue(0);
    }

    @Test
    void goesOnInTheReserveWhenTheDatabaseFindsTheDiskFull() throws IOException {
        Disk disk = new Disk("No space left on device", "");
        ForcedFile file = new ForcedFile(disk, force, () -> {
            disk.writing = "";
            return true;
        });

        assertThat(file.write(ByteBuffer.allocate(4096), 8192)).isEqualTo(4096);

        assertThat(disk.log).hasToString("write 3584 at 8192, force, write 512 at 11776, force, ");
        assertThat(ends).hasValue(0);
    }

    @Test
    void forcesAChunkBeforeItsLastSector() throws IOException {
        Disk disk = new Disk("", "");
        ForcedFile file = new ForcedFile(disk, force, () -> false);

        file.write(ByteBuffer.allocate(8192), 8192);
        file.write(ByteBuffer.allocate(8192), 0);

        assertThat(disk.log)
                .hasToString("write 7680 at 8192, force, write 512 at 15872, force, write 8192 at 0, force, ");
    }

    /** Fails with the messages it is given; an empty one stands for success. */
    private static final class Disk extends FileBaseDefault {

        private final StringBuilder log = new StringBuilder();
        private String writing;
        private final String forcing;

        Disk(String writing, String forcing) {
            this.writing = writing;
            this.forcing = forcing;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            fail(writing);
            int bytes = source.remaining();
            source.position(source.limit());
            log.append("write ").append(bytes).append(" at ").append(position).append(", ");
            return bytes;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            fail(forcing);
            log.append("force, ");
        }

        @Override
        public int read(ByteBuffer target, long position) {
            return -1;
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        protected void implTruncate(long size) {}

        @Override
        public FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        private static void fail(String message) throws IOException {
            if (!message.isEmpty()) {
                throw new IOException(message);
            }
        }
    }
}
