package io.twostep.model.web;

import io.twostep.model.Evaluations;
import io.twostep.model.ModelVersion;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A published model in a list: what helps to choose one.
 *
 * @param target the column that it predicts; null where there are several
 * @param targets these; null where there is one
 */
record ModelSummary(
        String name,
        int version,
        @Nullable String target,
        @Nullable List<String> targets,
        Evaluations metrics,
        String weightsSha256,
        long bytes,
        String job,
        Instant createdAt,
        Map<String, String> links) {

    static ModelSummary of(ModelVersion model) {
        List<String> columns = model.schema().target().columns();
        boolean several = columns.size() > 1;
        return new ModelSummary(
                model.name(),
                model.version(),
                several ? null : columns.get(0),
                several ? columns : null,
                model.evaluation().headline(),
                model.weightsSha256(),
                model.bytes(),
                model.jobId(),
                model.createdAt(),
                Links.of(model));
    }
}
