package io.twostep.matrix;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers outside of the heap that begin at a line of the cache. An array begins somewhere in one, and the collector moves
 * it. They are freed when nobody holds them any more.
 */
final class NativeFloats {

    private static final int LINE = 64;

    /** 64 MB, or less beside a small heap. The layers that gain by it fit the cache. */
    private static final long MOST_BYTES =
            Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 8);

    private static final BufferPoolMXBean BUFFERS =
            ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                    .filter(pool -> pool.getName().equals("direct"))
                    .findFirst()
                    .orElseThrow();

    private NativeFloats() {}

    /** So many zeros, or some more. */
    static FloatBuffer allocate(int numbers) {
        return ByteBuffer.allocateDirect(numbers * Float.BYTES + LINE)
                .alignedSlice(LINE)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Zeros, or null if they are too many beside all direct buffers of this JVM, our own and others. */
    static @Nullable FloatBuffer ifThereIsRoom(int numbers) {
        long free = MOST_BYTES - BUFFERS.getMemoryUsed();
        return (long) numbers * Float.BYTES + LINE > free ? null : allocate(numbers);
    }
}
