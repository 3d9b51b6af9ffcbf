package io.twostep.job.store;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.ExampleRoom;
import io.twostep.storage.DataFolder;
import io.twostep.storage.FloatRowsWriter;
import io.twostep.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps rows on the heap as long as they fit into its share of it, and the others in files of its own. */
final class DiskRoom implements ExampleRoom {

    private static final Logger log = LoggerFactory.getLogger(DiskRoom.class);
    private static final long MEGABYTE = 1_000_000;

    /** Of the free disk so much stays free, for the database and for uploads. */
    private static final int SHARE_LEFT_FREE = 10;

    private final DataFolder dataFolder;
    private final DiskRooms rooms;
    private final List<FileExamplesWriter> files = new CopyOnWriteArrayList<>();
    private long heapLeft;
    private @Nullable Path folder;

    /**
     * @param heap bytes that may be taken of it
     * @param rooms those that share the disk
     */
    DiskRoom(DataFolder dataFolder, long heap, DiskRooms rooms) {
        this.dataFolder = dataFolder;
        this.heapLeft = heap;
        this.rooms = rooms;
    }

    /** @throws ServiceException STORAGE_FULL, at once if the disk has too little room */
    @Override
    public Writer open(int rows, int inputs, int outputs) {
        long numbers = Math.multiplyExact((long) rows, (long) inputs + outputs);
        long bytes = Math.multiplyExact(numbers, (long) Float.BYTES);
        if (bytes <= heapLeft && numbers <= Integer.MAX_VALUE) {
            heapLeft -= bytes;
            return HEAP.open(rows, inputs, outputs);
        }
        return openFile(rows, inputs, outputs, bytes);
    }

    /** Never spoils a training that went well: a file that will not go is empty by then, and goes at the next start. */
    @Override
    public void close() {
        rooms.closed(this);
        files.forEach(file -> attempt(file::close));
        Path made = folder;
        if (made != null) {
            attempt(() -> dataFolder.delete(made));
        }
    }

    private static void attempt(Runnable closing) {
        try {
            closing.run();
        } catch (StorageException e) {
            log.warn("The encoded rows of a finished job could not be deleted", e);
        }
    }

    /** Bytes that are still to be written. */
    long unwritten() {
        return files.stream().mapToLong(FileExamplesWriter::unwritten).sum();
    }

    private Writer openFile(int rows, int inputs, int outputs, long bytes) {
        if (folder == null) {
            folder = dataFolder.newTemporaryFolder();
        }
        requireSpace(bytes);
        log.info("{} encoded rows are kept in a file of {} MB", rows, bytes / MEGABYTE);
        Path file = folder.resolve("examples-" + files.size());
        FileExamplesWriter writer =
                new FileExamplesWriter(FloatRowsWriter.create(file, inputs + outputs), rows, inputs, outputs);
        files.add(writer);
        return writer;
    }

    /** Says at once what would come out only after most of the file was written. */
    private void requireSpace(long bytes) {
        long free = dataFolder.freeBytes() - rooms.promised();
        if (bytes > free - free / SHARE_LEFT_FREE) {
            throw new ServiceException(
                    ErrorCode.STORAGE_FULL,
                    "The encoded rows need %d MB of disk, where %d MB are free and a tenth of that is to stay free."
                            .formatted(bytes / MEGABYTE + 1, Math.max(0, free) / MEGABYTE));
        }
    }
}
