package io.twostep.model.web;

import io.twostep.model.Evaluations;
import io.twostep.model.ModelVersion;
import java.time.Instant;
import java.util.Map;

/** A published model in a list: what helps to choose one. */
record ModelSummary(
        String name,
        int version,
        String target,
        Evaluations metrics,
        String weightsSha256,
        long bytes,
        String job,
        Instant createdAt,
        Map<String, String> links) {

    static ModelSummary of(ModelVersion model) {
        return new ModelSummary(
                model.name(),
                model.version(),
                model.schema().target().column(),
                model.evaluation().headline(),
                model.weightsSha256(),
                model.bytes(),
                model.jobId(),
                model.createdAt(),
                Links.of(model));
    }
}
