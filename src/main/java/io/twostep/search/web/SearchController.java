package io.twostep.search.web;

import io.twostep.idempotency.Once;
import io.twostep.job.JobQueue;
import io.twostep.job.JobWatch;
import io.twostep.job.QueuePlaces;
import io.twostep.job.web.JobReply;
import io.twostep.search.Scoreboard;
import io.twostep.search.Search;
import io.twostep.search.SearchDesk;
import io.twostep.search.SearchRequest;
import io.twostep.search.SearchSubmission;
import io.twostep.search.Searches;
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

/** Searches, with the manners of training jobs. */
@RestController
@RequestMapping(path = SearchView.ROOT, produces = MediaType.APPLICATION_JSON_VALUE)
class SearchController {

    private final SearchDesk desk;
    private final JobQueue<SearchSubmission, Search> queue;
    private final Searches searches;
    private final Scoreboard scores;
    private final JobWatch watch;
    private final QueuePlaces places;

    SearchController(
            SearchDesk desk,
            JobQueue<SearchSubmission, Search> queue,
            Searches searches,
            Scoreboard scores,
            JobWatch watch,
            QueuePlaces places) {
        this.desk = desk;
        this.queue = queue;
        this.searches = searches;
        this.scores = scores;
        this.watch = watch;
        this.places = places;
    }

    /** Answers when the search is stored, or, if the client is willing to wait, when it has finished. */
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    CompletableFuture<ResponseEntity<SearchView>> submit(
            @RequestBody SearchRequest request, Prefer prefer, Caller caller, Once once) {
        Search accepted = once.make(
                made -> desk.submit(request, caller.name(), search -> made.as(search.id())),
                past -> queue.find(past.id()));
        return watch.finished(queue, accepted.id(), prefer.patience())
                .thenApply(search -> JobReply.created(search, SearchView.self(search), prefer)
                        .body(full(search)));
    }

    /** Newest first. */
    @GetMapping
    Page<SearchView> list(PageRequest request) {
        List<Search> found = searches.list(request.after(), request.limitAndOne());
        return Page.of(found, request, Search::id, search -> SearchView.brief(search, places.of(search)));
    }

    @GetMapping("/{id}")
    CompletableFuture<ResponseEntity<SearchView>> one(@PathVariable String id, Prefer prefer) {
        return watch.finished(queue, id, prefer.patience())
                .thenApply(search -> JobReply.found(search, prefer).body(full(search)));
    }

    @PostMapping("/{id}/cancel")
    SearchView cancel(@PathVariable String id) {
        return full(desk.cancel(id));
    }

    private SearchView full(Search search) {
        return SearchView.full(search, places.of(search), scores.of(search));
    }
}
