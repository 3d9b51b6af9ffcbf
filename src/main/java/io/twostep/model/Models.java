package io.twostep.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The published models. */
public interface Models {

    /**
     * Adds the next version under a name, inside the caller's transaction.
     *
     * @param described makes the version out of its number
     * @param evaluation the whole of it, curves included
     * @throws org.springframework.dao.DuplicateKeyException if another publisher came first; the transaction is spent,
     *     a new one will find the next number
     */
    ModelVersion add(String name, IntFunction<ModelVersion> described, Evaluations evaluation);

    /** The whole evaluation of a version; empty if there is no such version, or an old one. */
    Optional<Evaluations> evaluation(String name, int version);

    Optional<ModelVersion> find(String name, int version);

    Optional<ModelVersion> findLatest(String name);

    /** The number of the latest version. */
    Optional<Integer> latestVersion(String name);

    /** The latest version under each name, by name, at most {@code limit}; {@code after} is the last name before. */
    List<ModelVersion> list(@Nullable String after, int limit);

    /** The versions under one name, newest first, at most {@code limit}; {@code after} is the last version before. */
    List<ModelVersion> versions(String name, @Nullable Integer after, int limit);

    /** The files with the weights of all versions. */
    Set<String> weightsFiles();
}
