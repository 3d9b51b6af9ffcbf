package io.twostep.crash;

import java.util.concurrent.TimeUnit;

/** Waits that a harness needs and that nobody interrupts. */
final class Threads {

    private Threads() {}

    /** Lets the process under test run for a while. */
    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }
}
