package io.twostep.training;

import io.twostep.matrix.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One training's own threads, who share pieces of work of some microseconds each with the thread that calls. Who does
 * which piece is left to chance, so a piece must not depend on it.
 *
 * <p>Between pieces helpers wait actively for a moment, since waking a thread takes longer than a piece; then they
 * sleep. They take no new piece while {@link Cores} has none to spare. Nothing is allocated. One thread calls at a time.
 */
final class Crew implements AutoCloseable {

    /** Work in pieces, numbered from 0. */
    interface Work {
        void run(int piece);
    }

    /** How long threads wait actively: waking one may take a tenth of a millisecond, and a piece not much longer. */
    private static final long PATIENCE = 1_000_000;

    /** Longer than most waits, for giving way costs; short beside the milliseconds that a thread in the way holds up. */
    private static final long POLITE_AFTER = 100_000;

    /** Looks for work between two looks at the clock. */
    private static final int LOOKS = 64;

    private static final long NAP = 50_000;

    /** Pieces of one round are counted in 16 bits. */
    private static final int MOST_PIECES = 0xFFFF;

    private final Cores cores;
    private final Helper[] helpers;

    /**
     * The round of work in the upper half; in the lower the first of its pieces that nobody has taken, and the one behind
     * the last, 16 bits each. One word, so that who comes late from an old round cannot take a piece of a new one for his.
     */
    private final AtomicLong untaken = new AtomicLong();

    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong helped = new AtomicLong();

    private volatile boolean closed;
    private volatile @Nullable Throwable failure;

    private Work work = piece -> {};
    private int round;
    private boolean helpWanted = true;

    /** As many threads as there are cores, the caller's included. */
    Crew(Cores cores) {
        this.cores = cores;
        List<Helper> started = new ArrayList<>();
        try {
            while (started.size() < cores.count() - 1) {
                Helper helper = new Helper(started.size());
                helper.start();
                started.add(helper);
            }
        } catch (OutOfMemoryError e) {
            // The system gives this process no more threads: it has to do with those that are there.
        }
        this.helpers = started.toArray(Helper[]::new);
    }

    /** The most threads that may work, the caller's included. */
    int size() {
        return helpers.length + 1;
    }

    /**
     * Does all pieces and returns when every one is done. The caller begins with the last one, and its first helper at the
     * other end: so a thread mostly gets the pieces that it had the last time, and finds them in its cache.
     *
     * @throws RuntimeException what a piece threw
     */
    void run(Work newWork, int count) {
        int helping = count < 2 || count > MOST_PIECES ? 0 : helping();
        if (helping == 0) {
            for (int piece = count - 1; piece >= 0; piece--) {
                newWork.run(piece);
            }
            return;
        }
        work = newWork;
        done.set(0);
        round++;
        untaken.set((long) round << 32 | count); // 0 to count
        for (int i = 0; i < helping && i < count - 1; i++) {
            helpers[i].wake();
        }
        takePieces(round, 0);
        await(count);
        throwFailure();
    }

    /** Whether helpers may take part in what is run from now on. */
    void want(boolean help) {
        helpWanted = help;
    }

    /** How many pieces helpers have done. */
    long helped() {
        return helped.get();
    }

    @Override
    public void close() {
        closed = true;
        for (Helper helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private int helping() {
        return helpWanted && helpers.length > 0 ? Math.min(helpers.length, cores.helpers()) : 0;
    }

    /**
     * Takes pieces of a round until there is none left, or too few cores are.
     *
     * @param helper 0 for the caller, who never stops
     */
    private void takePieces(int ofRound, int helper) {
        boolean first = helper % 2 == 1;
        while (true) {
            long seen = untaken.get();
            int from = (int) (seen >>> 16) & MOST_PIECES;
            int to = (int) seen & MOST_PIECES;
            if ((int) (seen >>> 32) != ofRound || from == to || cores.helpers() < helper) {
                return;
            }
            if (untaken.compareAndSet(seen, first ? seen + (1 << 16) : seen - 1)) {
                runPiece(first ? from : to - 1);
                if (helper > 0) {
                    helped.incrementAndGet();
                }
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
    private void await(int count) {
        long ready = System.nanoTime();
        while (done.get() < count) {
            long waited = System.nanoTime() - ready;
            if (waited < PATIENCE) {
                pause(waited);
            } else {
                LockSupport.parkNanos(this, NAP);
            }
        }
    }

    /** Who waits for long may be in the way of whom he waits for: some systems keep both on one core for a while. */
    @SuppressWarnings("ThreadPriorityCheck") // nothing relies on it
    private static void pause(long waited) {
        if (waited < POLITE_AFTER) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
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
            while (!closed) {
                int latest = awaitWork(doneWith);
                if (latest == doneWith) {
                    sleep(doneWith);
                } else {
                    takePieces(latest, number + 1);
                    doneWith = latest;
                }
            }
        }

        /** The number of a round that was not there before; the same number if none comes for long. */
        private int awaitWork(int doneWith) {
            long start = System.nanoTime();
            long waited = 0;
            while (waited < PATIENCE && !closed) {
                for (int look = 0; look < LOOKS; look++) {
                    int latest = (int) (untaken.get() >>> 32);
                    if (latest != doneWith) {
                        return latest;
                    }
                    Thread.onSpinWait();
                }
                waited = System.nanoTime() - start;
                pause(waited);
            }
            return doneWith;
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
