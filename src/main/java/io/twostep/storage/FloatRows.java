package io.twostep.storage;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;

/**
 * Rows of numbers in a file, read as memory: what is read often stays in the system's cache, and none of it on the heap.
 * Any number of threads may read at once; reading allocates nothing.
 *
 * <p>The file is mapped in segments, since one mapping ends at 2 GB. No row lies in two of them.
 */
public final class FloatRows implements AutoCloseable {

    private static final int SEGMENT_BYTES = 1 << 30;

    private final FileChannel channel;
    private final int rows;
    private final int width;
    private final int rowBits;
    private final FloatBuffer[] segments;

    private FloatRows(FileChannel channel, int rows, int width, int rowBits) throws IOException {
        this.channel = channel;
        this.rows = rows;
        this.width = width;
        this.rowBits = rowBits;
        this.segments = map();
    }

    /** @param channel holds exactly these rows, in the byte order of the machine */
    static FloatRows of(FileChannel channel, int rows, int width) throws IOException {
        return of(channel, rows, width, SEGMENT_BYTES);
    }

    static FloatRows of(FileChannel channel, int rows, int width, int segmentBytes) throws IOException {
        // A power of two, so that finding a row takes no division.
        int rowsPerSegment = Integer.highestOneBit(Math.max(1, segmentBytes / Math.multiplyExact(width, Float.BYTES)));
        return new FloatRows(channel, rows, width, Integer.numberOfTrailingZeros(rowsPerSegment));
    }

    public int rows() {
        return rows;
    }

    /** Numbers of each row. */
    public int width() {
        return width;
    }

    /**
     * Reads some numbers of a row.
     *
     * @param column the first of them
     * @param target written from place {@code at} on
     * @param count how many
     * @throws IndexOutOfBoundsException if the row does not have them, or {@code target} no room
     */
    public void read(int row, int column, float[] target, int at, int count) {
        if (row < 0 || row >= rows || column < 0 || column > width - count) {
            throw new IndexOutOfBoundsException("row %d has no %d numbers from %d on: there are %d rows of %d"
                    .formatted(row, count, column, rows, width));
        }
        int place = (row & (1 << rowBits) - 1) * width + column;
        segments[row >> rowBits].get(place, target, at, count);
    }

    /**
     * Frees the disk at once: the mapping holds on to the file, even a deleted one, until it is garbage and found to be.
     * Nothing may be read any more. The file itself is for the caller to delete.
     */
    @Override
    public void close() {
        try (channel) {
            channel.truncate(0);
        } catch (IOException e) {
            // Windows cuts no mapped file; there, the disk is free when the mapping is garbage.
        }
    }

    private FloatBuffer[] map() throws IOException {
        int segmentRows = 1 << rowBits;
        FloatBuffer[] mapped = new FloatBuffer[(int) (((long) rows + segmentRows - 1) >> rowBits)];
        for (int i = 0; i < mapped.length; i++) {
            long first = (long) i << rowBits;
            long bytes = Math.min(segmentRows, rows - first) * width * Float.BYTES;
            mapped[i] = channel.map(FileChannel.MapMode.READ_ONLY, first * width * Float.BYTES, bytes)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return mapped;
    }
}
