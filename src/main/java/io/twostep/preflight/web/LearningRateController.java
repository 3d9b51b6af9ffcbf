package io.twostep.preflight.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.TrainingRequest;
import io.twostep.preflight.LearningRateFinder;
import io.twostep.training.LearningRateRange;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Learning rates for a training job, tried before anybody queues it. */
@RestController
class LearningRateController {

    private final LearningRateFinder finder;

    LearningRateController(LearningRateFinder finder) {
        this.finder = finder;
    }

    @PostMapping(
            path = "/api/v1/training-jobs:find-learning-rate",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    LearningRateView find(
            @RequestBody TrainingRequest request,
            @RequestParam(name = "low", defaultValue = "0.000001") double low,
            @RequestParam(name = "high", defaultValue = "10") double high,
            @RequestParam(name = "steps", defaultValue = "100") int steps) {
        return LearningRateView.of(finder.find(request, range(low, high, steps)));
    }

    private static LearningRateRange range(double low, double high, int steps) {
        try {
            return new LearningRateRange(low, high, steps);
        } catch (InvalidValueException e) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    e.problems().stream()
                            .map(problem -> new Problem(problem.pointer().substring(1), problem.detail()))
                            .toList());
        }
    }
}
