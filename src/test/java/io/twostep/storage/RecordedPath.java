package io.twostep.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Paths {@code recorded:<path>} for H2 that tell a {@link DiskRecord} what becomes of the database file. */
public final class RecordedPath extends FilePathWrapper {

    private static volatile DiskRecord record = new DiskRecord();

    /** From now on these are recorded there. */
    static void register(DiskRecord record) {
        RecordedPath.record = record;
        FilePath.register(new RecordedPath());
    }

    @Override
    public String getScheme() {
        return "recorded";
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        FileChannel file = super.open(mode);
        return name.endsWith(".mv.db") ? new Recorded(file, record) : file;
    }

    private static final class Recorded extends FileBaseDefault {

        private final FileChannel file;
        private final DiskRecord record;

        Recorded(FileChannel file, DiskRecord record) {
            this.file = file;
            this.record = record;
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            byte[] bytes = new byte[source.remaining()];
            source.duplicate().get(bytes);
            record.written(position, bytes);
            return file.write(source, position);
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
            record.forced();
            file.force(metadata);
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implTruncate(long size) throws IOException {
            record.truncated(size);
            file.truncate(size);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
