package io.twostep.model;

import io.twostep.nn.Network;
import java.time.Instant;

/**
 * A published model: never changes.
 *
 * @param version 1, 2, 3, … under each name
 * @param jobId the job that trained it
 * @param network its shapes and functions
 * @param schema its columns
 * @param evaluation how good it is; for the curves see {@link ModelRegistry#evaluation}
 * @param provenance what it was made from
 * @param weightsSha256 see {@link Weights#sha256()}
 * @param weightsFile where the weights lie in the storage
 * @param bytes the size of that file
 */
public record ModelVersion(
        String name,
        int version,
        String jobId,
        Network network,
        ModelSchema schema,
        Evaluations evaluation,
        Provenance provenance,
        String weightsSha256,
        String weightsFile,
        long bytes,
        Instant createdAt) {}
