package io.twostep.matrix;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Numbers outside of the heap that begin at a line of the cache. An array begins somewhere in one, and the collector moves
 * it; a load that straddles two lines takes twice as long. They are freed when the collector sees that nobody holds them.
 */
final class NativeFloats {

    /** Numbers of a line. */
    static final int LINE = 16;

    private static final int LINE_BYTES = LINE * Float.BYTES;

    /** 64 MB, or an eighth of what the JVM may have there, if that is less. */
    static final long MOST_BYTES = Math.min(64 << 20, limit() / 8);

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

    /**
     * Zeros, or null if there is no room for them.
     *
     * @param mostBytes of all direct buffers of this JVM, our own and others
     */
    static @Nullable FloatBuffer ifThereIsRoom(int numbers, long mostBytes) {
        long bytes = (long) numbers * Float.BYTES + LINE_BYTES;
        return bytes > mostBytes - BUFFERS.getMemoryUsed() ? null : allocate(numbers);
    }

    /** The heap's size, unless the JVM is told another. */
    private static long limit() {
        HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long told = Long.parseLong(options.getVMOption("MaxDirectMemorySize").getValue());
        return told > 0 ? told : Runtime.getRuntime().maxMemory();
    }
}
