package io.twostep.model;

import io.twostep.nn.Network;
import io.twostep.nn.Parameters;

/**
 * A trained model on its way into the registry.
 *
 * @param name the name it is published under
 * @param jobId the job that trained it
 * @param network its shapes and functions
 * @param schema its columns
 * @param evaluation how good it is, curves included
 * @param provenance what it was made from
 * @param parameters what it learned; read only
 */
public record NewModel(
        String name,
        String jobId,
        Network network,
        ModelSchema schema,
        Evaluations evaluation,
        Provenance provenance,
        Parameters parameters) {}
