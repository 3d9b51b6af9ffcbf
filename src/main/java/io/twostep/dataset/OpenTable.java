package io.twostep.dataset;

import io.twostep.features.TableSource;

/**
 * A dataset opened for reading. Holds memory outside of the Java heap until it is closed, and on it what is shown at a
 * time.
 *
 * <p>Reading throws {@link io.twostep.error.ServiceException} when the file cannot be read.
 */
public interface OpenTable extends TableSource, AutoCloseable {

    @Override
    void close();
}
