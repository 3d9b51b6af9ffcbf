package io.twostep.job.web;

import io.twostep.idempotency.Once;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.JobWatch;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.job.TrainingRequest;
import io.twostep.web.Caller;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import io.twostep.web.Prefer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Training jobs: how they stand, and an end to them. */
@RestController
@RequestMapping(JobView.ROOT)
class TrainingJobController {

    private final TrainingDesk desk;
    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final TrainingJobs jobs;
    private final JobWatch watch;
    private final JobAnswers answers;

    TrainingJobController(
            TrainingDesk desk,
            JobQueue<JobSubmission, TrainingJob> queue,
            TrainingJobs jobs,
            JobWatch watch,
            JobAnswers answers) {
        this.desk = desk;
        this.queue = queue;
        this.jobs = jobs;
        this.watch = watch;
        this.answers = answers;
    }

    /** Answers when the job is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<JobView>> submit(
            @RequestBody TrainingRequest request, Prefer prefer, Caller caller, Once once) {
        TrainingJob accepted = once.make(
                made -> desk.submit(request, caller.name(), job -> made.as(job.id())), past -> queue.find(past.id()));
        return watch.finished(queue, accepted.id(), prefer.patience()).thenApply(job -> answers.created(job, prefer));
    }

    /** Newest first. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page<JobView> list(PageRequest request) {
        List<TrainingJob> found = jobs.list(request.after(), request.limitAndOne());
        return Page.of(found, request, TrainingJob::id, answers::brief);
    }

    /** A client that says how it knows the job, and is willing to wait, is answered as soon as there is news. */
    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<JobView>> one(
            @PathVariable String id,
            Prefer prefer,
            @RequestHeader(name = HttpHeaders.IF_NONE_MATCH, required = false) @Nullable String known) {
        return watch.until(job -> answers.isNews(job, known), queue, id, prefer.patience())
                .thenApply(job -> answers.found(job, prefer));
    }

    @PostMapping(path = "/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView cancel(@PathVariable String id) {
        return answers.full(queue.cancel(id));
    }

    @PostMapping(path = "/{id}/pause", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView pause(@PathVariable String id) {
        return answers.full(queue.pause(id));
    }

    @PostMapping(path = "/{id}/resume", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView resume(@PathVariable String id) {
        return answers.full(queue.resume(id));
    }
}
