package io.twostep.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the file of a {@link FloatRows}, number by number from the first row to the last. Every byte is written to the
 * disk before the file is read as memory, so that a full disk is a {@link StorageException} here and not the end of the
 * process there.
 */
public final class FloatRowsWriter implements AutoCloseable {

    private static final int BUFFER = 1 << 20;

    private final FileChannel channel;
    private final int width;
    private final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());
    private final FloatBuffer buffer = bytes.asFloatBuffer();
    private long written;

    FloatRowsWriter(FileChannel channel, int width) {
        this.channel = channel;
        this.width = width;
    }

    /**
     * Makes the file.
     *
     * @param file must not exist yet
     * @param width numbers of each row
     */
    public static FloatRowsWriter create(Path file, int width) {
        try {
            return new FloatRowsWriter(
                    FileChannel.open(
                            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    width);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * Writes the next numbers of a row, or of several.
     *
     * @param from the first of {@code values}
     * @param count how many
     */
    public void write(float[] values, int from, int count) {
        int done = 0;
        while (done < count) {
            int fitting = Math.min(count - done, buffer.remaining());
            buffer.put(values, from + done, fitting);
            done += fitting;
            if (!buffer.hasRemaining()) {
                flush();
            }
        }
        written += count;
    }

    /**
     * The rows that were written; ends the writing.
     *
     * @throws IllegalStateException if the last row is not complete
     */
    public FloatRows finish() {
        if (written % width != 0) {
            throw new IllegalStateException(written + " numbers do not make rows of " + width);
        }
        flush();
        try {
            channel.force(false);
            return FloatRows.of(channel, Math.toIntExact(written / width), width);
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** Closes the file. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private void flush() {
        bytes.limit(buffer.position() * Float.BYTES);
        try {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
        bytes.clear();
        buffer.clear();
    }
}
