package io.twostep.matrix;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;

/** Where one thread's numbers lie outside of the heap on their way to the library and back. */
final class NativeScratch {

    /** 128 KB. */
    static final int NUMBERS = 1 << 15;

    private static final ThreadLocal<NativeScratch> OF_THREAD = ThreadLocal.withInitial(NativeScratch::new);

    final FloatBuffer numbers = NativeFloats.allocate(NUMBERS);

    /** May be set to any position, each for itself. */
    final FloatPointer a = new FloatPointer(numbers);

    final FloatPointer b = new FloatPointer(numbers);
    final FloatPointer c = new FloatPointer(numbers);

    private NativeScratch() {}

    static NativeScratch ofThread() {
        return OF_THREAD.get();
    }

    /** The next place at or behind this one where a line of the cache begins. */
    static int nextLine(int place) {
        return (place + NativeFloats.LINE - 1) / NativeFloats.LINE * NativeFloats.LINE;
    }
}
