package io.twostep.dataset;

import io.twostep.features.Table;
import io.twostep.features.TableSource;
import java.util.List;

/**
 * A dataset opened for reading. Holds memory outside of the Java heap until it is closed, and on it what is shown at a
 * time.
 *
 * <p>Reading throws {@link io.twostep.error.ServiceException} when the file cannot be read.
 */
public interface OpenTable extends TableSource, AutoCloseable {

    /**
     * Some rows that follow each other, without reading the others where the file allows.
     *
     * @param names the columns, in that order
     * @param from the number of the first one, from 0
     * @param count how many; all of them are there
     */
    Table rows(List<String> names, int from, int count);

    @Override
    void close();
}
