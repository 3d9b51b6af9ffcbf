package io.twostep.crossvalidation.web;

import io.twostep.crossvalidation.CrossValidation;
import io.twostep.crossvalidation.CrossValidationDesk;
import io.twostep.crossvalidation.CrossValidationRequest;
import io.twostep.crossvalidation.CrossValidationSubmission;
import io.twostep.crossvalidation.CrossValidations;
import io.twostep.crossvalidation.FoldBoard;
import io.twostep.idempotency.Once;
import io.twostep.job.JobQueue;
import io.twostep.job.JobWatch;
import io.twostep.job.QueuePlaces;
import io.twostep.job.web.JobReply;
import io.twostep.web.Caller;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import io.twostep.web.Prefer;
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

/** Cross-validations, with the manners of training jobs. */
@RestController
@RequestMapping(path = CrossValidationView.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class CrossValidationController {

    private final CrossValidationDesk desk;
    private final JobQueue<CrossValidationSubmission, CrossValidation> queue;
    private final CrossValidations validations;
    private final FoldBoard board;
    private final JobWatch watch;
    private final QueuePlaces places;

    CrossValidationController(
            CrossValidationDesk desk,
            JobQueue<CrossValidationSubmission, CrossValidation> queue,
            CrossValidations validations,
            FoldBoard board,
            JobWatch watch,
            QueuePlaces places) {
        this.desk = desk;
        this.queue = queue;
        this.validations = validations;
        this.board = board;
        this.watch = watch;
        this.places = places;
    }

    /** Answers when the cross-validation is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<CrossValidationView>> submit(
            @RequestBody CrossValidationRequest request, Prefer prefer, Caller caller, Once once) {
        CrossValidation accepted = once.make(
                made -> desk.submit(request, caller.name(), validation -> made.as(validation.id())),
                past -> queue.find(past.id()));
        return watch.finished(queue, accepted.id(), prefer.patience())
                .thenApply(validation -> JobReply.created(validation, CrossValidationView.self(validation), prefer)
                        .body(full(validation)));
    }

    /** Newest first. */
    @GetMapping
    Page<CrossValidationView> list(PageRequest request) {
        List<CrossValidation> found = validations.list(request.after(), request.limitAndOne());
        return Page.of(
                found,
                request,
                CrossValidation::id,
                validation -> CrossValidationView.brief(validation, places.of(validation)));
    }

    @GetMapping("/{id}")
    CompletableFuture<ResponseEntity<CrossValidationView>> one(@PathVariable String id, Prefer prefer) {
        return watch.finished(queue, id, prefer.patience())
                .thenApply(validation -> JobReply.found(validation, prefer).body(full(validation)));
    }

    @PostMapping("/{id}/cancel")
    CrossValidationView cancel(@PathVariable String id) {
        return full(desk.cancel(id));
    }

    private CrossValidationView full(CrossValidation validation) {
        return CrossValidationView.full(validation, places.of(validation), board.of(validation));
    }
}
