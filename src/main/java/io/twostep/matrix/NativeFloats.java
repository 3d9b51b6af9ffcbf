package io.twostep.matrix;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers outside of the heap that begin at a line of the cache. An array begins somewhere in one, and the collector moves
 * it. They are freed when the collector sees that nobody holds them any more.
 */
final class NativeFloats {

    /** Numbers of a line. */
    static final int LINE = 16;

    private static final int LINE_BYTES = LINE * Float.BYTES;

    /** 64 MB, or less beside a small heap. */
    private static final long MOST_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final BufferPoolMXBean BUFFERS =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();

    private NativeFloats() {}

    /** So many zeros. */
    static FloatBuffer allocate(int numbers) {
        int bytes = Math.multiplyExact(numbers, Float.BYTES);
        ByteBuffer room = ByteBuffer.allocateDirect(Math.addExact(bytes, LINE_BYTES));
        int start = LINE_BYTES - room.alignmentOffset(0, LINE_BYTES);
        return room.slice(start, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** Zeros, or null if they are too many beside all direct buffers of this JVM, our own and others. */
    static @Nullable FloatBuffer ifThereIsRoom(int numbers) {
        return ifThereIsRoom(numbers, MOST_BYTES);
    }

    static @Nullable FloatBuffer ifThereIsRoom(int numbers, long mostBytes) {
        long bytes = (long) numbers * Float.BYTES + LINE_BYTES;
        try {
            return bytes > mostBytes - BUFFERS.getMemoryUsed() ? null : allocate(numbers);
        } catch (OutOfMemoryError e) { // the JVM was told to have less
            return null;
        }
    }
}
