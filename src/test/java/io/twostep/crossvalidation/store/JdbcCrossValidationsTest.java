package io.twostep.crossvalidation.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.crossvalidation.CrossValidation;
import io.twostep.crossvalidation.CrossValidationSubmission;
import io.twostep.crossvalidation.CrossValidations;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.TestJobs;
import io.twostep.model.WarmStart;
import io.twostep.storage.Ids;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnEveryDatabase
class JdbcCrossValidationsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-03-01T10:05:00.456Z");

    private final CrossValidations validations;

    JdbcCrossValidationsTest(TestDatabase database) {
        DataSource source = database.migrated();
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        validations = new JdbcCrossValidations(JdbcClient.create(source), transactions, Json.mapper());
    }

    @Test
    void keepsEveryKindOfEnding() {
        CrossValidation queued = added();
        CrossValidation cancelled = replaced(added(), found -> found.cancelRequested(LATER));
        CrossValidation succeeded = replaced(running(), found -> found.succeeded(LATER));
        CrossValidation failed =
                replaced(running(), found -> found.failed(LATER, new JobError("training-diverged", "Fold 2: …")));

        for (CrossValidation validation : List.of(queued, cancelled, succeeded, failed)) {
            assertThat(validations.find(validation.id())).contains(validation);
        }
        assertThat(validations.find("cv_none")).isEmpty();
    }

    @Test
    void keepsEachFoldOnceInItsTurn() {
        CrossValidation running = running();

        assertThat(validations.add(running.id(), 2, "job_2")).isFalse();
        assertThat(validations.add(running.id(), 1, "job_1")).isTrue();
        assertThat(validations.add(running.id(), 1, "job_3")).isFalse();
        assertThat(validations.add(running.id(), 2, "job_2")).isTrue();

        assertThat(validations.jobs(running.id())).containsExactly("job_1", "job_2");
        assertThat(validations.jobs(added().id())).isEmpty();
    }

    @Test
    void beginsNothingUnlessItIsRunning() {
        CrossValidation cancelling = replaced(running(), found -> found.cancelRequested(LATER));

        for (String id : List.of(added().id(), cancelling.id(), "cv_none")) {
            assertThat(validations.add(id, 1, "job_1")).isFalse();
        }
    }

    @Test
    void listsTheNewestFirstAndCountsThoseInFront() {
        List<CrossValidation> added = Stream.generate(this::added).limit(3).toList();

        assertThat(validations.list(null, 2)).containsExactly(added.get(2), added.get(1));
        assertThat(validations.list(added.get(1).id(), 2)).containsExactly(added.get(0));
        assertThat(validations.queuedBefore(added.get(2).id(), CrossValidation.PRIORITY))
                .isEqualTo(2);
        assertThat(validations.queuedBefore("job_1", 100)).isEqualTo(3);
        assertThat(validations.count(JobStatus.QUEUED)).isEqualTo(3);
    }

    @Test
    void knowsWhichDatasetsAreNeeded() {
        CrossValidation running = running();

        assertThat(validations.needsDataset(TestJobs.DATASET)).isTrue();
        assertThat(validations.needsDataset("ds_3")).isFalse();

        replaced(running, found -> found.succeeded(LATER));
        assertThat(validations.needsDataset(TestJobs.DATASET)).isFalse();
    }

    private CrossValidation added() {
        JobSubmission job = new JobSubmission(
                TestJobs.DATASET,
                "ab".repeat(32),
                null,
                "penguins",
                TestJobs.RECIPE,
                7,
                LATER,
                new WarmStart("penguins", 3, "cd".repeat(32)),
                null,
                null);
        CrossValidation validation = CrossValidation.queued(Ids.next("cv"), new CrossValidationSubmission(5, job), NOW);
        validations.add(validation);
        return validation;
    }

    private CrossValidation running() {
        CrossValidation queued = added();
        CrossValidation running = queued.started(LATER);
        assertThat(validations.claim(queued, running)).isTrue();
        return running;
    }

    private CrossValidation replaced(CrossValidation before, UnaryOperator<CrossValidation> transition) {
        CrossValidation after = transition.apply(before);
        assertThat(validations.replace(before, after)).isTrue();
        return after;
    }
}
