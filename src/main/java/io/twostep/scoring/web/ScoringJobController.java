package io.twostep.scoring.web;

import io.twostep.idempotency.Once;
import io.twostep.job.JobQueue;
import io.twostep.job.JobWatch;
import io.twostep.job.QueuePlaces;
import io.twostep.job.web.JobReply;
import io.twostep.scoring.ScoringDesk;
import io.twostep.scoring.ScoringJob;
import io.twostep.scoring.ScoringJobs;
import io.twostep.scoring.ScoringRequest;
import io.twostep.scoring.ScoringSubmission;
import io.twostep.web.Caller;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import io.twostep.web.Prefer;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Scoring jobs, with the manners of training jobs. */
@RestController
@RequestMapping(path = ScoringJobView.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class ScoringJobController {

    private final ScoringDesk desk;
    private final JobQueue<ScoringSubmission, ScoringJob> queue;
    private final ScoringJobs jobs;
    private final JobWatch watch;
    private final QueuePlaces places;

    ScoringJobController(
            ScoringDesk desk,
            JobQueue<ScoringSubmission, ScoringJob> queue,
            ScoringJobs jobs,
            JobWatch watch,
            QueuePlaces places) {
        this.desk = desk;
        this.queue = queue;
        this.jobs = jobs;
        this.watch = watch;
        this.places = places;
    }

    /** Answers when the job is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<ScoringJobView>> submit(
            @RequestBody ScoringRequest request, Prefer prefer, Caller caller, Once once) {
        ScoringJob accepted = once.make(
                made -> desk.submit(request, caller.name(), job -> made.as(job.id())), past -> queue.find(past.id()));
        return watch.finished(queue, accepted.id(), prefer.patience())
                .thenApply(job ->
                        JobReply.created(job, ScoringJobView.self(job), prefer).body(view(job)));
    }

    /** Newest first. */
    @GetMapping
    Page<ScoringJobView> list(PageRequest request) {
        List<ScoringJob> found = jobs.list(request.after(), request.limitAndOne());
        return Page.of(found, request, ScoringJob::id, this::view);
    }

    @GetMapping("/{id}")
    CompletableFuture<ResponseEntity<ScoringJobView>> one(@PathVariable String id, Prefer prefer) {
        return watch.finished(queue, id, prefer.patience())
                .thenApply(job -> JobReply.found(job, prefer).body(view(job)));
    }

    @PostMapping("/{id}/cancel")
    ScoringJobView cancel(@PathVariable String id) {
        return view(queue.cancel(id));
    }

    private ScoringJobView view(ScoringJob job) {
        return ScoringJobView.of(job, places.of(job), Instant.now());
    }
}
