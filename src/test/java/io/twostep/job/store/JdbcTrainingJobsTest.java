package io.twostep.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.SplitRule;
import io.twostep.job.HistorySize;
import io.twostep.job.JobError;
import io.twostep.job.JobPart;
import io.twostep.job.JobPhase;
import io.twostep.job.JobProgress;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.model.Evaluations;
import io.twostep.model.TestModels;
import io.twostep.model.WarmStart;
import io.twostep.storage.Ids;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.training.EpochReport;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.Stop;
import io.twostep.training.StopReason;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("once")
@OnEveryDatabase
class JdbcTrainingJobsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:05:00.456Z");

    private final TransactionTemplate transactions;
    private final TrainingJobs jobs;

    JdbcTrainingJobsTest(TestDatabase database) {
        DataSource source = database.migrated();
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        jobs = new JdbcTrainingJobs(new JdbcTemplate(source), transactions, Json.mapper());
    }

    @Test
    void findsWhatWasAdded() {
        TrainingJob job = added();

        assertThat(jobs.find(job.id())).contains(job);
        assertThat(jobs.find("job_none")).isEmpty();
    }

    @Test
    void keepsEveryKindOfEnding() {
        Stop diverged = new Stop(StopReason.DIVERGED, Map.of("epoch", 3.0));
        TrainingJob cancelled = replaced(added(), job -> job.cancelRequested(LATER));
        TrainingJob succeeded = replaced(running(), job -> job.succeeded(LATER, TestJobs.ALL_EPOCHS, 4));
        TrainingJob failed = replaced(
                running(), job -> job.failed(LATER, diverged, new JobError("training-diverged", "At epoch 3.")));
        TrainingJob stopped =
                replaced(replaced(running(), job -> job.cancelRequested(LATER)), job -> job.cancelled(LATER));

        for (TrainingJob job : List.of(cancelled, succeeded, failed, stopped)) {
            assertThat(jobs.find(job.id())).contains(job);
        }
    }

    @Test
    void changesNothingForAWriterThatIsLate() {
        TrainingJob running = running();
        TrainingJob cancelling = replaced(running, job -> job.cancelRequested(LATER));

        assertThat(jobs.replace(running, running.succeeded(LATER, TestJobs.ALL_EPOCHS, 1)))
                .isFalse();
        assertThat(jobs.find(running.id())).contains(cancelling);
    }

    @Test
    void changesNothingForAnAttemptThatLostItsJob() {
        TrainingJob first = running();
        TrainingJob second = claimed(replaced(first, job -> job.requeued(LATER)));
        EpochReport row = TestJobs.report(1, null);

        assertThat(jobs.replace(first, first.succeeded(LATER, TestJobs.ALL_EPOCHS, 1)))
                .isFalse();
        assertThat(jobs.report(first.id(), 1, JobProgress.NONE, List.of(row))).isEmpty();
        assertThat(jobs.find(first.id())).contains(second);
        assertThat(jobs.history(first.id(), 0, 10)).isEmpty();
    }

    @Test
    void letsOnlyOneWorkerClaim() {
        TrainingJob queued = added();

        assertThat(jobs.claim(queued, queued.started(NOW))).isTrue();
        assertThat(jobs.claim(queued, queued.started(LATER))).isFalse();
        assertThat(jobs.find(queued.id()).orElseThrow().startedAt()).isEqualTo(NOW);
    }

    @Test
    void recordsProgressAndHistory() {
        TrainingJob running = running();
        JobProgress progress = new JobProgress(JobPhase.TRAINING, 2, 0.5, 0.25, 1, null);
        List<EpochReport> rows = List.of(TestJobs.report(1, 0.25), TestJobs.report(2, null));

        assertThat(jobs.report(running.id(), 1, progress, rows)).contains(JobStatus.RUNNING);

        assertThat(jobs.find(running.id()).orElseThrow().progress()).isEqualTo(progress);
        assertThat(jobs.history(running.id(), 0, 10)).isEqualTo(rows);
    }

    @Test
    void tellsAnAttemptThatItIsToStop() {
        TrainingJob running = running();
        replaced(running, job -> job.cancelRequested(LATER));

        assertThat(jobs.report(running.id(), 1, JobProgress.NONE, List.of(TestJobs.report(1, null))))
                .contains(JobStatus.CANCELLING);
        assertThat(jobs.history(running.id(), 0, 10)).hasSize(1);
    }

    @Test
    void leavesTheProgressAloneInATransition() {
        TrainingJob running = running();
        JobProgress progress = new JobProgress(JobPhase.TRAINING, 40, 0.5, null, 40, null);
        jobs.report(running.id(), 1, progress, List.of());

        replaced(running, job -> job.cancelRequested(LATER));

        assertThat(jobs.find(running.id()).orElseThrow().progress()).isEqualTo(progress);
    }

    @Test
    void beginsTheNextAttemptWithTheHistoryOfTheLastUntilItIsRewound() {
        TrainingJob first = running();
        JobProgress reached = new JobProgress(JobPhase.TRAINING, 2, 0.5, null, 2, null);
        List<EpochReport> rows = List.of(TestJobs.report(1, null), TestJobs.report(2, null));
        jobs.report(first.id(), 1, reached, rows);

        TrainingJob second = claimed(replaced(jobs.find(first.id()).orElseThrow(), job -> job.requeued(LATER)));
        assertThat(jobs.history(first.id(), 0, 10)).isEqualTo(rows);
        assertThat(jobs.find(first.id())).contains(second);

        JobProgress rewound = new JobProgress(JobPhase.TRAINING, 1, 1.0, null, 1, 1);
        assertThat(jobs.rewind(first.id(), 1, rewound, 7)).as("a stranger").isFalse();
        assertThat(jobs.rewind(first.id(), 2, rewound, 7)).isTrue();
        assertThat(jobs.history(first.id(), 0, 10)).isEqualTo(rows.subList(0, 1));
        assertThat(jobs.find(first.id()).orElseThrow().progress()).isEqualTo(rewound);
    }

    /** A commit whose answer got lost. */
    @Test
    void takesTheSameRowsTwice() {
        TrainingJob running = running();
        List<EpochReport> rows = List.of(TestJobs.report(1, null), TestJobs.report(2, null));
        jobs.report(running.id(), 1, JobProgress.NONE, rows);

        jobs.report(running.id(), 1, JobProgress.NONE, rows);

        assertThat(jobs.history(running.id(), 0, 10)).isEqualTo(rows);
    }

    @Test
    void keepsTheMetricThatIsWatched() {
        TrainingJob running = running();
        List<EpochReport> rows = List.of(
                new EpochReport(1, 0.5, 0.6, 0.001, 2, 0.1, 0.875), new EpochReport(2, 0.4, 0.5, 0.001, 2, 0.2, null));

        jobs.report(running.id(), 1, JobProgress.NONE, rows);

        assertThat(jobs.history(running.id(), 0, 10)).isEqualTo(rows);
        assertThat(jobs.historySize(running.id(), 0)).isEqualTo(new HistorySize(2, 2, 1));
    }

    @Test
    void pagesThroughAHistory() {
        TrainingJob running = running();
        List<EpochReport> rows = IntStream.rangeClosed(1, 2500)
                .mapToObj(epoch -> TestJobs.report(epoch, null))
                .toList();
        jobs.report(running.id(), 1, JobProgress.NONE, rows);

        assertThat(jobs.history(running.id(), 0, 1000)).isEqualTo(rows.subList(0, 1000));
        assertThat(jobs.history(running.id(), 2400, 1000)).isEqualTo(rows.subList(2400, 2500));
        assertThat(jobs.history(running.id(), 2500, 1000)).isEmpty();
        assertThat(jobs.historySize(running.id(), 0)).isEqualTo(new HistorySize(2500, 0, 0));
        assertThat(jobs.historySize(running.id(), 2400)).isEqualTo(new HistorySize(100, 0, 0));
        jobs.report(running.id(), 1, JobProgress.NONE, List.of(TestJobs.report(2501, 0.5)));
        assertThat(jobs.historySize(running.id(), 2500)).isEqualTo(new HistorySize(1, 1, 0));
    }

    @Test
    void listsTheNewestFirst() {
        List<TrainingJob> added = Stream.generate(this::added).limit(5).toList();
        replaced(added.get(3), job -> job.cancelRequested(LATER));

        List<TrainingJob> first = jobs.list(null, 2);
        List<TrainingJob> second = jobs.list(first.get(1).id(), 2);
        List<TrainingJob> third = jobs.list(second.get(1).id(), 2);

        assertThat(Stream.of(first, second, third).flatMap(List::stream).map(TrainingJob::id))
                .containsExactly(
                        added.get(4).id(),
                        added.get(3).id(),
                        added.get(2).id(),
                        added.get(1).id(),
                        added.get(0).id());
        assertThat(first.get(1).transitions()).hasSize(2);
    }

    @Test
    void countsTheJobsInFront() {
        TrainingJob first = added();
        TrainingJob second = added();
        TrainingJob third = added();
        claimed(first);

        assertThat(jobs.queuedBefore(second.id(), 0)).isZero();
        assertThat(jobs.queuedBefore(third.id(), 0)).isEqualTo(1);
    }

    @Test
    void countsTheMoreUrgentAsInFront() {
        TrainingJob usual = added();
        TrainingJob urgent = added(5);

        assertThat(jobs.queuedBefore(usual.id(), 0)).isEqualTo(1);
        assertThat(jobs.queuedBefore(urgent.id(), 5)).isZero();
    }

    @Test
    void keepsHowUrgentAJobIsAndWithWhatItBegins() {
        TrainingJob job = added(-100);

        assertThat(jobs.find(job.id())).contains(job);
    }

    @Test
    void countsDeathsUntilAnAttemptGetsFurther() {
        TrainingJob first = running();
        TrainingJob bereaved = replaced(first, job -> job.bereaved(LATER));
        TrainingJob second = claimed(bereaved);
        assertThat(jobs.find(first.id()).orElseThrow().life().deaths()).isEqualTo(1);

        assertThat(jobs.progressed(first.id(), 1)).isFalse();
        assertThat(jobs.progressed(first.id(), 2)).isTrue();
        assertThat(jobs.find(first.id()).orElseThrow().life().deaths()).isZero();

        replaced(second, job -> job.pauseRequested(LATER)); // which has read a count of 1
        assertThat(jobs.find(first.id()).orElseThrow().life().deaths()).isZero();
    }

    @Test
    void knowsWhichDatasetsAreNeeded() {
        TrainingJob job = added();
        String dataset = job.submission().datasetId();
        assertThat(jobs.needsDataset(dataset)).isTrue();
        assertThat(jobs.needsDataset("ds_other")).isFalse();

        TrainingJob running = claimed(job);
        assertThat(jobs.needsDataset(dataset)).isTrue();

        TrainingJob pausing = replaced(running, it -> it.pauseRequested(LATER));
        assertThat(jobs.needsDataset(dataset)).isTrue();

        TrainingJob paused = replaced(pausing, it -> it.paused(LATER));
        assertThat(jobs.needsDataset(dataset)).isTrue();

        TrainingJob again = claimed(replaced(paused, it -> it.resumed(LATER)));
        TrainingJob cancelling = replaced(again, it -> it.cancelRequested(LATER));
        assertThat(jobs.needsDataset(dataset)).isTrue();

        replaced(cancelling, it -> it.cancelled(LATER));
        assertThat(jobs.needsDataset(dataset)).isFalse();
    }

    @Test
    void needsTheDatasetsOfItsSplit() {
        Recipe plain = TestJobs.RECIPE;
        Recipe recipe = new Recipe(
                Objects.requireNonNull(plain.target()),
                plain.task(),
                plain.features(),
                plain.unseen(),
                plain.encoding(),
                plain.network(),
                new SplitShares(0.2, 0, new SplitRule.Random(), null, "ds_01K9ZX7B3M4T5V6W7X8Y9Z0TST"),
                plain.training(),
                plain.arithmetic());
        JobSubmission submission = new JobSubmission(TestJobs.DATASET, "ab".repeat(32), null, "split", recipe);
        TrainingJob job = TrainingJob.queued(Ids.next("job"), submission, NOW);
        jobs.add(job);

        assertThat(jobs.needsDataset("ds_01K9ZX7B3M4T5V6W7X8Y9Z0TST")).isTrue();
        assertThat(jobs.needsDataset("ds_01K9ZX7B3M4T5V6W7X8Y9Z0TXT")).isFalse();
        assertThat(jobs.find(job.id()).orElseThrow().submission()).isEqualTo(submission);

        replaced(job, it -> it.cancelRequested(LATER));
        assertThat(jobs.needsDataset("ds_01K9ZX7B3M4T5V6W7X8Y9Z0TST")).isFalse();
    }

    @Test
    void joinsTheTransactionOfTheCaller() {
        TrainingJob queued = added();

        transactions.executeWithoutResult(transaction -> {
            assertThat(jobs.claim(queued, queued.started(NOW))).isTrue();
            transaction.setRollbackOnly();
        });

        assertThat(jobs.find(queued.id())).contains(queued);
    }

    @Test
    void tellsOfThePartsOfSomething() {
        Evaluations evaluation = TestModels.trainedBy("job_1", "penguins", 1).evaluation();
        TrainingJob other = added();
        TrainingJob first = part();
        TrainingJob second = part();
        TrainingJob running = first.started(NOW);
        jobs.claim(first, running);
        TrainingJob judged = running.judged(LATER, TestJobs.ALL_EPOCHS, evaluation);
        jobs.replace(running, judged);

        assertThat(jobs.find(judged.id())).contains(judged.with(judged.transitions()));
        assertThat(jobs.parts("search_1"))
                .containsExactly(
                        new JobPart(first.id(), JobStatus.SUCCEEDED, 0, null, judged.ending()),
                        new JobPart(second.id(), JobStatus.QUEUED, 0, null, null));
        assertThat(jobs.unfinishedParts("search_1")).isOne();
        assertThat(jobs.parts(other.id())).isEmpty();
    }

    private TrainingJob part() {
        TrainingJob job = TrainingJob.queued(Ids.next("job"), TestJobs.part("search_1"), NOW);
        jobs.add(job);
        return job;
    }

    private TrainingJob added() {
        TrainingJob job = TestJobs.queued(NOW);
        jobs.add(job);
        return job;
    }

    private TrainingJob added(int priority) {
        JobSubmission submission = new JobSubmission(
                TestJobs.DATASET,
                "ab".repeat(32),
                null,
                "penguins",
                TestJobs.RECIPE,
                priority,
                LATER,
                new WarmStart("penguins", 3, "cd".repeat(32)),
                null,
                null);
        TrainingJob job = TrainingJob.queued(Ids.next("job"), submission, NOW);
        jobs.add(job);
        return job;
    }

    private TrainingJob running() {
        return claimed(added());
    }

    private TrainingJob claimed(TrainingJob queued) {
        TrainingJob running = queued.started(LATER);
        assertThat(jobs.claim(queued, running)).isTrue();
        return running;
    }

    private TrainingJob replaced(TrainingJob before, UnaryOperator<TrainingJob> transition) {
        TrainingJob after = transition.apply(before);
        assertThat(jobs.replace(before, after)).isTrue();
        return after;
    }
}
