package io.twostep.job.web;

import io.twostep.idempotency.Once;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.JobWatch;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.web.Caller;
import io.twostep.web.Prefer;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Makes a model again from its recipe, to see whether it comes out the same. */
@RestController
class ReproductionController {

    private final TrainingDesk desk;
    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final JobWatch watch;
    private final JobAnswers answers;

    ReproductionController(
            TrainingDesk desk, JobQueue<JobSubmission, TrainingJob> queue, JobWatch watch, JobAnswers answers) {
        this.desk = desk;
        this.queue = queue;
        this.watch = watch;
        this.answers = answers;
    }

    /** Answers when the job is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(
            path = "/api/v1/models/{name}/versions/{version}/reproduce",
            produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<JobView>> reproduce(
            @PathVariable String name, @PathVariable int version, Prefer prefer, Caller caller, Once once) {
        TrainingJob accepted = once.make(
                made -> desk.reproduce(name, version, caller.name(), job -> made.as(job.id())),
                past -> queue.find(past.id()));
        return watch.finished(queue, accepted.id(), prefer.patience()).thenApply(job -> answers.created(job, prefer));
    }
}
