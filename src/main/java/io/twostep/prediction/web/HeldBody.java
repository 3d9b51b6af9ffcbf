package io.twostep.prediction.web;

import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The body of a request, held in memory that is reserved as it arrives: who sends slowly, or says that much will come, has
 * taken no more than what is there.
 *
 * @param memory of the request, to be closed with the body
 */
@SuppressWarnings("ArrayRecordComponent") // a whole body: no copies
record HeldBody(byte[] bytes, Reservation memory) implements AutoCloseable {

    private static final int FIRST = 1 << 14;

    /**
     * Reads a whole body.
     *
     * @param length of the body, negative if it is not known
     * @throws io.twostep.error.ServiceException BUSY, or REQUEST_TOO_LARGE: before anything is
     *     read, if the length says so
     */
    static HeldBody read(InputStream body, long length, MemoryBudget heap) throws IOException {
        int first = length < 0 || length > FIRST ? FIRST : (int) length;
        if (length > first) {
            heap.requirePossible(length);
        }
        Reservation memory = heap.reserve(first);
        try {
            return new HeldBody(readAll(body, length, first, memory), memory);
        } catch (IOException | RuntimeException | Error e) {
            memory.close();
            throw e;
        }
    }

    private static byte[] readAll(InputStream body, long length, int first, Reservation memory) throws IOException {
        byte[] bytes = new byte[first];
        int held = body.readNBytes(bytes, 0, first);
        while (held == bytes.length && held != length) {
            bytes = resized(bytes, sizeAfter(held, length), memory);
            held += body.readNBytes(bytes, held, bytes.length - held);
        }
        return held == bytes.length ? bytes : resized(bytes, held, memory);
    }

    /** Twice as much, but no more than will come. */
    private static int sizeAfter(int held, long length) {
        long twice = Math.max(FIRST, 2L * held);
        return (int) Math.min(Integer.MAX_VALUE - 8, length > held ? Math.min(length, twice) : twice);
    }

    private static byte[] resized(byte[] bytes, int size, Reservation memory) {
        memory.grow(size);
        byte[] resized = Arrays.copyOf(bytes, size);
        memory.shrink(bytes.length);
        return resized;
    }

    @Override
    public void close() {
        memory.close();
    }
}
