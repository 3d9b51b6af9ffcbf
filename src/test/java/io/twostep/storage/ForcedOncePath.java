package io.twostep.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** A planted fault: paths {@code once:<path>} whose chunks are forced as a whole, so that a cut may tear them. */
public final class ForcedOncePath extends FilePathWrapper {

    static void register() {
        FilePath.register(new ForcedOncePath());
    }

    @Override
    public String getScheme() {
        return "once";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new ForcedOnce(super.open(mode));
    }

    private static final class ForcedOnce extends FileBaseDefault {

        private final FileChannel file;

        ForcedOnce(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            int written = file.write(source, position);
            file.force(false);
            return written;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return file.read(target, position);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void force(boolean metadata) throws IOException {
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
