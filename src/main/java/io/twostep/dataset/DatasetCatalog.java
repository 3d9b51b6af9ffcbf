package io.twostep.dataset;

import io.twostep.storage.Blob;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The datasets that exist, without their values. Each method is one statement. */
public interface DatasetCatalog {

    /**
     * Makes the dataset visible.
     *
     * @param parquet the file that holds its values
     * @return false if the name is taken; then nothing has changed
     */
    boolean insert(Dataset dataset, Blob parquet);

    Optional<Dataset> byId(String id);

    Optional<Dataset> byName(String name);

    /** At most {@code limit} datasets in the order of their making, those after the one with id {@code after}. */
    List<Dataset> page(@Nullable String after, int limit);

    /**
     * Holds the dataset's row until the surrounding transaction ends.
     *
     * @return false if there is no such dataset (any more)
     */
    boolean lock(String id);

    void delete(String id);

    /** The key of the file that holds the dataset's values; throws NOT_FOUND if the dataset has gone. */
    String blobKey(String id);

    /** Bytes of all uploads together. */
    long totalBytes();

    /** The keys of all files that hold values. */
    Set<String> blobKeys();
}
