package io.twostep.storage;

import com.github.f4b6a3.ulid.UlidCreator;

/** Names for new things: a prefix that tells their kind and a ULID, so that their order is the order of making. */
public final class Ids {

    private Ids() {}

    /** A new id such as {@code ds_01K9ZX7B3M4T5V6W7X8Y9Z0A1B}; within one process each is greater than the last. */
    public static String next(String prefix) {
        return prefix + "_" + UlidCreator.getMonotonicUlid();
    }
}
