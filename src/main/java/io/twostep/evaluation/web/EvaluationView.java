package io.twostep.evaluation.web;

import io.twostep.evaluation.DatasetEvaluation;
import io.twostep.evaluation.DatasetEvaluation.UnknownClass;
import io.twostep.training.Evaluation;
import java.util.List;
import java.util.Map;

/** An evaluation on the wire. */
record EvaluationView(
        String model,
        int modelVersion,
        String dataset,
        String datasetSha256,
        long rows,
        long withoutTarget,
        long unknownClass,
        List<UnknownClass> unknownClasses,
        Map<String, Long> warnings,
        Evaluation evaluation) {

    static EvaluationView of(DatasetEvaluation made) {
        return new EvaluationView(
                made.model().name(),
                made.model().version(),
                made.dataset().id(),
                made.dataset().sha256(),
                made.dataset().rows(),
                made.rows().withoutTarget(),
                made.rows().unknownClass(),
                made.rows().unknownClasses(),
                made.warnings(),
                made.evaluation());
    }
}
