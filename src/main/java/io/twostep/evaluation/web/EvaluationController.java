package io.twostep.evaluation.web;

import io.twostep.evaluation.DatasetEvaluator;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Evaluations of published models on further datasets; made while the caller waits, and not kept. */
@RestController
class EvaluationController {

    private final DatasetEvaluator evaluator;

    EvaluationController(DatasetEvaluator evaluator) {
        this.evaluator = evaluator;
    }

    @PostMapping(
            path = "/api/v1/models/{name}/versions/{version}/evaluations",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    EvaluationView evaluate(
            @PathVariable String name, @PathVariable int version, @RequestBody EvaluationRequest request) {
        return EvaluationView.of(evaluator.evaluate(name, version, request.dataset()));
    }
}
