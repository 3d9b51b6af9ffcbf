package io.twostep.model.web;

import io.twostep.model.Evaluations;
import io.twostep.model.ModelSchema;
import io.twostep.model.ModelVersion;
import io.twostep.model.Provenance;
import io.twostep.nn.Network;
import java.time.Instant;
import java.util.Map;

/** A published model on the wire. */
record ModelView(
        String name,
        int version,
        Network network,
        long parameterCount,
        ModelSchema schema,
        Evaluations metrics,
        Provenance provenance,
        String weightsSha256,
        long bytes,
        String job,
        Instant createdAt,
        Map<String, String> links) {

    static ModelView of(ModelVersion model) {
        return new ModelView(
                model.name(),
                model.version(),
                model.network(),
                model.network().parameterCount(),
                model.schema(),
                model.evaluation(),
                model.provenance(),
                model.weightsSha256(),
                model.bytes(),
                model.jobId(),
                model.createdAt(),
                Links.of(model));
    }
}
