package io.twostep.preflight.web;

import io.twostep.job.TrainingRequest;
import io.twostep.preflight.PreflightCheck;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What a training job would be, before anybody queues it. */
@RestController
class PreflightController {

    private final PreflightCheck preflight;

    PreflightController(PreflightCheck preflight) {
        this.preflight = preflight;
    }

    @PostMapping(
            path = "/api/v1/training-jobs:validate",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    PreflightView validate(@RequestBody TrainingRequest request) {
        return PreflightView.of(preflight.check(request));
    }
}
