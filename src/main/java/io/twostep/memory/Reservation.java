package io.twostep.memory;

import java.util.function.Supplier;

/** Bytes of a {@link MemoryBudget} that belong to one piece of work until it is closed. */
public interface Reservation extends AutoCloseable {

    /** Of work that nobody counts: it is part of other work, which has reserved enough for both. */
    Reservation UNCOUNTED = new Reservation() {
        @Override
        public void grow(long more) {}

        @Override
        public long bytes() {
            return 0;
        }

        @Override
        public void shrink(long less) {}

        @Override
        public void close() {}
    };

    /**
     * Takes more bytes, at once or not at all; to be called before they are used. Changes nothing once it is closed.
     *
     * @throws io.twostep.error.ServiceException as {@link MemoryBudget#reserve}
     */
    void grow(long more);

    /** What it holds. */
    long bytes();

    /** Gives some bytes back. Changes nothing once it is closed. */
    void shrink(long less);

    /** Does the work for which the bytes are, and gives them back, whatever comes of it. */
    default <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            close();
        }
    }

    /** Gives all bytes back; again changes nothing. */
    @Override
    void close();
}
