package io.twostep.scoring.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.scoring.ScoringJob;
import io.twostep.scoring.ScoringJobs;
import io.twostep.scoring.ScoringProgress;
import io.twostep.scoring.ScoringSubmission;
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

@OnEveryDatabase
class JdbcScoringJobsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:05:00.456Z");

    private final ScoringJobs jobs;

    JdbcScoringJobsTest(TestDatabase database) {
        DataSource source = database.migrated();
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        jobs = new JdbcScoringJobs(JdbcClient.create(source), transactions, Json.mapper());
    }

    @Test
    void keepsEveryKindOfEnding() {
        ScoringJob queued = added("scored");
        ScoringJob unnamed = added(null);
        ScoringJob cancelled = replaced(added("a"), job -> job.cancelRequested(LATER));
        ScoringJob succeeded = replaced(running(), job -> job.succeeded(LATER, "ds_2"));
        ScoringJob failed = replaced(running(), job -> job.failed(LATER, new JobError("prediction-shape", "row 3 …")));

        for (ScoringJob job : List.of(queued, unnamed, cancelled, succeeded, failed)) {
            assertThat(jobs.find(job.id())).contains(job);
        }
        assertThat(jobs.find("job_none")).isEmpty();
    }

    @Test
    void changesNothingForAnAttemptThatLostItsJob() {
        ScoringJob first = running();
        ScoringJob second = claimed(replaced(first, job -> job.requeued(LATER)));

        assertThat(jobs.replace(first, first.succeeded(LATER, "ds_2"))).isFalse();
        assertThat(jobs.report(first.id(), 1, new ScoringProgress(7, Map.of()))).isEmpty();
        assertThat(jobs.find(first.id())).contains(second);
    }

    @Test
    void recordsProgressAndTellsAnAttemptThatItIsToStop() {
        ScoringJob running = running();
        ScoringProgress progress = new ScoringProgress(512, Map.of("missing", 3L));

        assertThat(jobs.report(running.id(), 1, progress)).contains(JobStatus.RUNNING);
        assertThat(jobs.find(running.id()).orElseThrow().progress()).isEqualTo(progress);

        replaced(running, job -> job.cancelRequested(LATER));
        assertThat(jobs.report(running.id(), 1, progress)).contains(JobStatus.CANCELLING);
        assertThat(jobs.find(running.id()).orElseThrow().progress()).isEqualTo(progress);
    }

    @Test
    void forgetsTheProgressOfTheAttemptBefore() {
        ScoringJob first = running();
        jobs.report(first.id(), 1, new ScoringProgress(512, Map.of("missing", 3L)));

        claimed(replaced(first, job -> job.requeued(LATER)));

        assertThat(jobs.find(first.id()).orElseThrow().progress()).isEqualTo(ScoringProgress.NONE);
    }

    @Test
    void listsTheNewestFirstAndCountsThoseInFront() {
        List<ScoringJob> added = Stream.generate(() -> added(null)).limit(3).toList();

        assertThat(jobs.list(null, 2)).containsExactly(added.get(2), added.get(1));
        assertThat(jobs.list(added.get(1).id(), 2)).containsExactly(added.get(0));
        assertThat(jobs.queuedBefore(added.get(2).id(), 0)).isEqualTo(2);
        assertThat(jobs.count(JobStatus.QUEUED)).isEqualTo(3);
    }

    @Test
    void knowsWhichDatasetsAreNeeded() {
        ScoringJob running = claimed(added("scored"));

        assertThat(jobs.needsDataset("ds_1")).isTrue();
        assertThat(jobs.needsDataset("ds_2")).isFalse();

        replaced(running, job -> job.succeeded(LATER, "ds_2"));
        assertThat(jobs.needsDataset("ds_1")).isFalse();
    }

    @Test
    void reservesANameUntilTheJobEnds() {
        ScoringJob first = claimed(added("scored"));

        assertThatThrownBy(() -> added("scored"))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NAME_TAKEN));
        added("other");
        added(null);
        added(null);
        assertThat(jobs.list(null, 10)).hasSize(4);

        replaced(first, job -> job.failed(LATER, new JobError("internal", "…")));
        ScoringJob second = added("scored");
        replaced(second, job -> job.cancelRequested(LATER));
        added("scored");
    }

    private ScoringJob added(String result) {
        ScoringSubmission submission = new ScoringSubmission(
                "penguins", 2, "ds_1", "ab".repeat(32), 1000, result, List.of("island", "sex"), "my_");
        ScoringJob job = ScoringJob.queued(Ids.next("job"), submission, NOW);
        jobs.add(job);
        return job;
    }

    private ScoringJob running() {
        return claimed(added(null));
    }

    private ScoringJob claimed(ScoringJob queued) {
        ScoringJob running = queued.started(LATER);
        assertThat(jobs.claim(queued, running)).isTrue();
        return running;
    }

    private ScoringJob replaced(ScoringJob before, UnaryOperator<ScoringJob> transition) {
        ScoringJob after = transition.apply(before);
        assertThat(jobs.replace(before, after)).isTrue();
        return after;
    }
}
