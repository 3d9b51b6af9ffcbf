package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ServiceException;
import io.twostep.job.DrivenWork.Run;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobWatchTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private TestNode node;
    private JobWatch watch;

    @BeforeEach
    void open(@TempDir Path folder) {
        node = new TestNode(TestDatabase.H2.migrated(), folder, TestNode.QUICK);
        watch = new JobWatch(1, InstantSource.system());
    }

    @AfterEach
    void close() {
        watch.close();
        node.close();
    }

    @Test
    void answersWhenTheJobHasFinished() throws Exception {
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        CompletableFuture<TrainingJob> finished = watch.finished(node.queue, job.id(), LONG);
        Run run = node.work.next();
        assertThat(finished).isNotDone();

        run.succeed();

        assertThat(finished.get(20, TimeUnit.SECONDS).status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(watch.finished(node.queue, job.id(), LONG)).isCompleted();
    }

    /** What one caller makes of the answer must not keep the others waiting. */
    @Test
    void leavesTheThreadThatLooksAfterJobs() throws Exception {
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();
        CompletableFuture<String> answered = watch.finished(node.queue, job.id(), LONG)
                .thenApply(finished -> Thread.currentThread().getName());

        run.succeed();

        assertThat(answered.get(20, TimeUnit.SECONDS)).isEqualTo("job-answer");
    }

    @Test
    void answersWhenTheTimeIsUp() throws Exception {
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();

        TrainingJob unfinished =
                watch.finished(node.queue, job.id(), Duration.ofMillis(150)).get(20, TimeUnit.SECONDS);

        assertThat(unfinished.status()).isEqualTo(JobStatus.RUNNING);
        run.succeed();
    }

    @Test
    void answersAtOnceWhenTooManyWait() throws Exception {
        TrainingJob job = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        Run run = node.work.next();
        CompletableFuture<TrainingJob> first = watch.finished(node.queue, job.id(), LONG);

        assertThat(watch.finished(node.queue, job.id(), LONG)).isCompleted();
        assertThat(first).isNotDone();

        run.succeed();
        first.get(20, TimeUnit.SECONDS);
        TrainingJob next = node.queue.submit(TestJobs.submission("penguins"), TestJobs.ALWAYS);
        assertThat(watch.finished(node.queue, next.id(), LONG))
                .as("the place is free again")
                .isNotDone();
        node.work.next().succeed();
    }

    @Test
    void knowsNoOtherJobs() {
        assertThatThrownBy(() -> watch.finished(node.queue, "job_none", LONG)).isInstanceOf(ServiceException.class);
    }
}
