package io.twostep.job;

import io.twostep.training.ExampleStore;

/** Keeps the encoded rows of one attempt at a job, wherever there is room for them, until it is closed. */
public interface ExampleRoom extends ExampleStore, AutoCloseable {

    /** Lets the rows go; nobody may read them any more. */
    @Override
    void close();
}
