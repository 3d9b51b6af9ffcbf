package io.twostep.storage;

import io.twostep.error.FullDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.util.function.BooleanSupplier;
import org.h2.store.fs.FileBaseDefault;

/**
 * A database file of H2 whose writes are on the disk when they return, in the order in which they were made. H2 itself
 * only hands a commit to the operating system, which keeps it through a crash of the process but not of the machine.
 *
 * <p>A commit is one chunk, which is valid if its first bytes and its last ones fit; H2 does not look at those between.
 * So that no part of a chunk passes for the whole after a power cut, its last sector is written when the others are on
 * the disk. Reads do not wait for writes.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // positions are given, so that nothing is shared
final class ForcedFile extends FileBaseDefault {

    /** What disks write wholly or not at all. */
    private static final int SECTOR = 512;

    /** Where the first chunk begins. Before it are two copies of a header that fits into one sector. */
    private static final int HEADERS = 2 * 4096;

    private final FileChannel file;
    private final Force force;
    private final BooleanSupplier moreRoom;

    /** @param moreRoom asked for when the disk is full; false if there is no more */
    ForcedFile(FileChannel file, Force force, BooleanSupplier moreRoom) {
        this.file = file;
        this.force = force;
        this.moreRoom = moreRoom;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        int bytes = source.remaining();
        int first = position < HEADERS ? 0 : Math.max(0, bytes - SECTOR);
        if (first > 0) {
            int end = source.limit();
            source.limit(source.position() + first);
            writeAll(source, position);
            source.limit(end);
        }
        writeAll(source, position + first);
        return bytes;
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
        force.bytes(file);
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

    private void writeAll(ByteBuffer source, long position) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += writeSome(source, at);
        }
        force.bytes(file);
    }

    /** How many bytes were written; none if there was no room and there is some now. */
    private int writeSome(ByteBuffer source, long position) throws IOException {
        try {
            return file.write(source, position);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            if (!FullDisk.isBehind(e)) {
                throw force.failed(e);
            }
            if (!moreRoom.getAsBoolean()) {
                throw e;
            }
            return 0;
        }
    }
}
