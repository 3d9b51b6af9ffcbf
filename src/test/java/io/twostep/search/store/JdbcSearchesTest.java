package io.twostep.search.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.search.Search;
import io.twostep.search.SearchRequest;
import io.twostep.search.SearchSubmission;
import io.twostep.search.Searches;
import io.twostep.search.Settings;
import io.twostep.search.Trial;
import io.twostep.storage.Ids;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

@OnEveryDatabase
class JdbcSearchesTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:05:00.456Z");
    private static final JobError ERROR = new JobError("no-trial-succeeded", "None.");

    private final Searches searches;

    JdbcSearchesTest(TestDatabase database) {
        DataSource source = database.migrated();
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        searches = new JdbcSearches(JdbcClient.create(source), transactions, Json.mapper());
    }

    @Test
    void keepsEveryKindOfEnding() {
        Search queued = added("{'type':'random','trials':3,'seed':7}");
        Search grid = added("'grid'");
        Search halving = added("{'type':'successive_halving','trials':9,'min_epochs':2}");
        Search cancelled = replaced(added("'grid'"), search -> search.cancelRequested(LATER));
        Search succeeded = replaced(running(), search -> search.succeeded(LATER, 3));
        Search failed = replaced(running(), search -> search.failed(LATER, ERROR));

        for (Search search : List.of(queued, grid, halving, cancelled, succeeded, failed)) {
            assertThat(searches.find(search.id())).contains(search);
        }
        assertThat(searches.find("search_none")).isEmpty();
    }

    @Test
    void changesNothingThatHasChangedMeanwhile() {
        Search running = running();
        Search cancelling = replaced(running, search -> search.cancelRequested(LATER));

        assertThat(searches.replace(running, running.succeeded(LATER, 1))).isFalse();
        assertThat(searches.find(running.id())).contains(cancelling);
    }

    @Test
    void keepsEachTrialOnce() {
        Search search = running();
        Trial second = trial(0, 1, "job_2");
        Trial first = new Trial(0, 0, 4, settings(0.5), null, ERROR);
        Trial later = trial(1, 0, "job_3");

        assertThat(searches.add(search.id(), later)).isTrue();
        assertThat(searches.add(search.id(), second)).isTrue();
        assertThat(searches.add(search.id(), first)).isTrue();
        assertThat(searches.add(search.id(), trial(0, 1, "job_4"))).isFalse();

        assertThat(searches.trials(search.id())).containsExactly(first, second, later);
        assertThat(searches.trials(running().id())).isEmpty();
    }

    @Test
    void beginsNothingUnlessTheSearchIsRunning() {
        Search queued = added("'grid'");
        Search cancelling = replaced(running(), search -> search.cancelRequested(LATER));

        for (String id : List.of(queued.id(), cancelling.id(), "search_none")) {
            assertThat(searches.add(id, trial(0, 0, "job_1"))).isFalse();
            assertThat(searches.publish(id, "job_1")).isFalse();
            assertThat(searches.trials(id)).isEmpty();
        }
    }

    @Test
    void hasTheBestPublishedOnce() {
        Search search = running();

        assertThat(searches.publish(search.id(), "job_1")).isTrue();
        assertThat(searches.publish(search.id(), "job_2")).isFalse();

        Search found = searches.find(search.id()).orElseThrow();
        assertThat(found.publishingJob()).isEqualTo("job_1");
        replaced(found, publishing -> publishing.succeeded(LATER, 2));
        assertThat(searches.find(search.id()).orElseThrow().publishingJob()).isEqualTo("job_1");
    }

    @Test
    void listsTheNewestFirstAndCountsThoseInFront() {
        List<Search> added = Stream.generate(() -> added("'grid'")).limit(3).toList();

        assertThat(searches.list(null, 2)).containsExactly(added.get(2), added.get(1));
        assertThat(searches.list(added.get(1).id(), 2)).containsExactly(added.get(0));
        assertThat(searches.queuedBefore(added.get(2).id(), Search.PRIORITY)).isEqualTo(2);
        assertThat(searches.queuedBefore("job_1", 100)).isEqualTo(3);
        assertThat(searches.count(JobStatus.QUEUED)).isEqualTo(3);
    }

    @Test
    void knowsWhichDatasetsAreNeeded() {
        Search running = running();

        assertThat(searches.needsDataset("ds_1")).isTrue();
        assertThat(searches.needsDataset("ds_2")).isTrue();
        assertThat(searches.needsDataset("ds_3")).isFalse();

        replaced(running, search -> search.succeeded(LATER, 1));
        assertThat(searches.needsDataset("ds_1")).isFalse();
    }

    private static Trial trial(int rung, int number, String job) {
        return new Trial(rung, number, null, settings(0.25), job, null);
    }

    private static Settings settings(double rate) {
        return new Settings(Map.of("/optimizer/learning_rate", JsonNodeFactory.instance.numberNode(rate)));
    }

    private Search added(String method) {
        SearchRequest request = Json.mapper().readValue("""
                        {'job':{'dataset':'ds_1','target':'y','split':{'validation_dataset':'ds_2'}},
                         'method':%s,
                         'space':{'/batch_size':{'type':'choice','values':[1,2]}},
                         'budget':{'max_seconds':60},
                         'metric':'roc_auc'}""".formatted(method).replace('\'', '"'), SearchRequest.class);
        SearchSubmission submission = new SearchSubmission(
                request.job(),
                request.method(),
                request.space(),
                request.budget(),
                request.metric(),
                request.refit(),
                "ds_1",
                "ab".repeat(32),
                "best",
                100);
        Search search = Search.queued(Ids.next("search"), submission, NOW);
        searches.add(search);
        return search;
    }

    private Search running() {
        Search queued = added("'grid'");
        Search running = queued.started(LATER);
        assertThat(searches.claim(queued, running)).isTrue();
        return running;
    }

    private Search replaced(Search before, UnaryOperator<Search> transition) {
        Search after = transition.apply(before);
        assertThat(searches.replace(before, after)).isTrue();
        return after;
    }
}
