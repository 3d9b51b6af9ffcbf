package io.twostep.training;

import io.twostep.matrix.Cores;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One training's own threads, who share pieces of work of some microseconds each with the thread that calls. Who does
 * which piece is left to chance, so a piece must not depend on it.
 *
 * <p>Between pieces helpers wait actively for a moment, since waking a thread takes longer than a piece; then they
 * sleep. They take no new piece while {@link Cores} has none to spare, nor for a while after the caller had to wait
 * for one of them, which the system did not let run. Nothing is allocated. One thread calls at a time.
 */
final class Crew implements AutoCloseable {

    /** Work in pieces, numbered from 0. */
    interface Work {
        void run(int piece);
    }

    /** Looks at the next piece before a helper goes to sleep: some 50 microseconds. */
    private static final int LOOKS = 4_000;

    private static final long LATE = 1_000_000;
    private static final long NAP = 50_000;

    /** How much shorter the next break becomes with each piece of work that goes well. */
    private static final long EASING = 10_000;

    private static final long FIRST_BREAK = 50_000_000;
    private static final long LONGEST_BREAK = 800_000_000;

    private final Cores cores;
    private final Helper[] helpers;

    /**
     * The round of work in the upper half, the number of its pieces that nobody has taken in the lower; one word, so that
     * who comes late from an old round cannot take a piece of a new one for his.
     */
    private final AtomicLong untaken = new AtomicLong();

    private final AtomicInteger done = new AtomicInteger();

    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private Work work = piece -> {};
    private int round;
    private long breakLength = FIRST_BREAK;
    private long breakUntil = System.nanoTime();

    /** As many threads as there are cores, the caller's included. */
    Crew(Cores cores) {
        this.cores = cores;
        this.helpers = new Helper[cores.count() - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i);
            helpers[i].start();
        }
    }

    /** The most threads that may work, the caller's included. */
    int size() {
        return helpers.length + 1;
    }

    /**
     * Does all pieces, those with the highest numbers first, and returns when every one is done.
     *
     * @throws RuntimeException what a piece threw
     */
    void run(Work newWork, int count) {
        int helping = count < 2 ? 0 : helping();
        if (helping == 0) {
            for (int piece = count - 1; piece >= 0; piece--) {
                newWork.run(piece);
            }
            return;
        }
        long start = System.nanoTime();
        work = newWork;
        done.set(0);
        round++;
        untaken.set((long) round << 32 | count);
        for (int i = 0; i < helping && i < count - 1; i++) {
            helpers[i].wake();
        }
        takePieces(round, Integer.MAX_VALUE);
        await(count, start);
        throwFailure();
    }

    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private int helping() {
        if (helpers.length == 0 || System.nanoTime() - breakUntil < 0) {
            return 0;
        }
        return Math.min(helpers.length, cores.helpers());
    }

    /** Takes pieces of a round until there is none left, or too few cores are. */
    private void takePieces(int ofRound, int coresNeeded) {
        while (true) {
            long seen = untaken.get();
            if ((int) (seen >>> 32) != ofRound || (int) seen == 0) {
                return;
            }
            if (coresNeeded != Integer.MAX_VALUE && cores.helpers() < coresNeeded) {
                return;
            }
            if (untaken.compareAndSet(seen, seen - 1)) {
                runPiece((int) seen - 1);
            }
        }
    }

    private void runPiece(int piece) {
        try {
            work.run(piece);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            done.incrementAndGet();
        }
    }

    /** Waits for the pieces that helpers have begun. */
    private void await(int count, long start) {
        if (done.get() == count) {
            return;
        }
        long ready = System.nanoTime();
        while (done.get() < count) {
            if (System.nanoTime() - ready < LATE) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, NAP);
            }
        }
        long waited = System.nanoTime() - ready;
        noteWait(waited >= LATE && waited > ready - start);
    }

    /** A helper that needs longer than all the others together was not running: the cores are wanted elsewhere. */
    private void noteWait(boolean late) {
        if (late) {
            breakUntil = System.nanoTime() + breakLength;
            breakLength = Math.min(LONGEST_BREAK, 2 * breakLength);
        } else {
            breakLength = Math.max(FIRST_BREAK, breakLength - EASING);
        }
    }

    private void throwFailure() {
        Throwable thrown = failure;
        failure = null;
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private final class Helper extends Thread {

        private final int number;
        private volatile boolean asleep;

        private Helper(int number) {
            super(Thread.currentThread().getName() + "-helper-" + (number + 1));
            this.number = number;
            setDaemon(true);
        }

        @Override
        public void run() {
            int doneWith = 0;
            int looks = 0;
            while (!closed) {
                int latest = (int) (untaken.get() >>> 32);
                if (latest != doneWith) {
                    takePieces(latest, number + 1);
                    doneWith = latest;
                    looks = 0;
                } else if (++looks < LOOKS) {
                    Thread.onSpinWait();
                } else {
                    sleep(doneWith);
                    looks = 0;
                }
            }
        }

        private void sleep(int doneWith) {
            asleep = true;
            while (!closed && asleep && (int) (untaken.get() >>> 32) == doneWith) {
                LockSupport.park(Crew.this);
            }
            asleep = false;
        }

        private void wake() {
            if (asleep) {
                asleep = false;
                LockSupport.unpark(this);
            }
        }
    }
}
