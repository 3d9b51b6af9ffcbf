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
import io.twostep.web.Caller;
import io.twostep.web.Page;
import io.twostep.web.PageRequest;
import io.twostep.web.Prefer;
import java.net.URI;
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
import org.springframework.web.bind.annotation.RestController;

/** Cross-validations, with the manners of training jobs. */
@RestController
@RequestMapping(path = CrossValidationView.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class CrossValidationController {

    private static final String POLL_SECONDS = "2";

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
        return watch.finished(queue, accepted.id(), prefer.patience()).thenApply(validation -> {
            HttpStatus status =
                    prefer.isMet(validation.status().isFinished()) ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
            return answer(
                    ResponseEntity.status(status).location(URI.create(CrossValidationView.self(validation))),
                    validation,
                    prefer);
        });
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
                .thenApply(validation -> answer(ResponseEntity.ok(), validation, prefer));
    }

    @PostMapping("/{id}/cancel")
    CrossValidationView cancel(@PathVariable String id) {
        return full(desk.cancel(id));
    }

    private ResponseEntity<CrossValidationView> answer(
            ResponseEntity.BodyBuilder answer, CrossValidation validation, Prefer prefer) {
        if (!validation.status().isFinished()) {
            answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        prefer.applied().ifPresent(applied -> answer.header(Prefer.APPLIED, applied));
        return answer.body(full(validation));
    }

    private CrossValidationView full(CrossValidation validation) {
        return CrossValidationView.full(validation, places.of(validation), board.of(validation));
    }
}
