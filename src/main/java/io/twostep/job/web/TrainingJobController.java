package io.twostep.job.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobQueue;
import io.twostep.job.JobStatus;
import io.twostep.job.JobWatch;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.job.TrainingRequest;
import io.twostep.training.EpochReport;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import io.twostep.web.Prefer;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Training jobs: how they stand, how they went, and an end to them. */
@RestController
@RequestMapping(JobView.ROOT)
class TrainingJobController {

    private static final int MOST_EPOCHS = 10_000;
    private static final String POLL_SECONDS = "2";

    private final TrainingDesk desk;
    private final JobQueue queue;
    private final TrainingJobs jobs;
    private final JobWatch watch;

    TrainingJobController(TrainingDesk desk, JobQueue queue, TrainingJobs jobs, JobWatch watch) {
        this.desk = desk;
        this.queue = queue;
        this.jobs = jobs;
        this.watch = watch;
    }

    /** Answers when the job is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<JobView>> submit(@RequestBody TrainingRequest request, Prefer prefer) {
        TrainingJob accepted = desk.submit(request);
        return watch.finished(accepted.id(), prefer.patience()).thenApply(job -> {
            HttpStatus status = job.status().isFinished() ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
            return answer(ResponseEntity.status(status).location(URI.create(JobView.self(job))), job, prefer);
        });
    }

    /** Newest first. */
    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    Page<JobView> list(PageRequest request) {
        List<TrainingJob> found = jobs.list(request.after(), request.limitAndOne());
        return Page.of(found, request, TrainingJob::id, this::view);
    }

    @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<JobView>> one(@PathVariable String id, Prefer prefer) {
        return watch.finished(id, prefer.patience()).thenApply(job -> answer(ResponseEntity.ok(), job, prefer));
    }

    @PostMapping(path = "/{id}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
    JobView cancel(@PathVariable String id) {
        return view(queue.cancel(id));
    }

    @GetMapping(path = "/{id}/history", produces = MediaType.APPLICATION_JSON_VALUE)
    HistoryView history(
            @PathVariable String id,
            @RequestParam(name = "after_epoch", defaultValue = "0") int afterEpoch,
            @RequestParam(name = "limit", defaultValue = "1000") int limit) {
        check("after_epoch", afterEpoch, 0, Integer.MAX_VALUE);
        check("limit", limit, 1, MOST_EPOCHS);
        TrainingJob job = queue.find(id); // before its rows: once it has finished, no row follows
        List<EpochReport> found = jobs.history(id, afterEpoch, limit + 1);
        List<EpochReport> page = found.subList(0, Math.min(limit, found.size()));
        return HistoryView.of(page, afterEpoch, job.status().isFinished() && found.size() <= limit);
    }

    @GetMapping(path = "/{id}/history", produces = "text/csv")
    String historyAsCsv(
            @PathVariable String id,
            @RequestParam(name = "after_epoch", defaultValue = "0") int afterEpoch,
            @RequestParam(name = "limit", defaultValue = "1000") int limit) {
        return history(id, afterEpoch, limit).toCsv();
    }

    private ResponseEntity<JobView> answer(ResponseEntity.BodyBuilder answer, TrainingJob job, Prefer prefer) {
        if (!job.status().isFinished()) {
            answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        prefer.applied().ifPresent(applied -> answer.header(Prefer.APPLIED, applied));
        return answer.body(view(job));
    }

    private JobView view(TrainingJob job) {
        Long position = job.status() == JobStatus.QUEUED ? jobs.queuedBefore(job.id()) : null;
        return JobView.of(job, position, Instant.now());
    }

    private static void check(String parameter, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    List.of(new Problem(
                            parameter, "must be an integer from " + least + " to " + most + " but was " + value)));
        }
    }
}
