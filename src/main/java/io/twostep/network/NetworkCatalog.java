package io.twostep.network;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The networks that are kept. Each method is one statement. */
public interface NetworkCatalog {

    /** Returns false if the name is taken; then nothing has changed. */
    boolean insert(NetworkDefinition network);

    Optional<NetworkDefinition> byId(String id);

    Optional<NetworkDefinition> byName(String name);

    /** At most {@code limit} networks in the order of their making, those after the one with id {@code after}. */
    List<NetworkDefinition> page(@Nullable String after, int limit);

    void delete(String id);
}
