package io.twostep.job.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.job.Checkpoints;
import io.twostep.job.JobProgress;
import io.twostep.job.RunStateFormat;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJob;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Task;
import io.twostep.storage.DataFolder;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.training.RunState;
import io.twostep.training.TrainingSpec;
import io.twostep.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@OnEveryDatabase
class FileCheckpointsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final String FINGERPRINT = "ab".repeat(32);
    private static final Network NETWORK = Network.of(NetworkSpec.hidden(), 2, new Task.Numbers(1));

    @TempDir
    Path root;

    private final DataSource source;
    private final TransactionTemplate transactions;
    private final JdbcTrainingJobs jobs;

    FileCheckpointsTest(TestDatabase database) {
        source = database.migrated();
        transactions = new TransactionTemplate(new JdbcTransactionManager(source));
        jobs = new JdbcTrainingJobs(new JdbcTemplate(source), transactions, Json.mapper());
    }

    @Test
    void answersTheNewestState() throws Exception {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();
        assertThat(newest(checkpoints, job)).isEmpty();

        keep(checkpoints, job, state(1));
        keep(checkpoints, job, state(2));

        assertThat(newest(checkpoints(), job)).contains(bytes(state(2)));
    }

    @Test
    void keepsTheNewestTwo() {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();

        List.of(1, 2, 3, 4).forEach(seed -> keep(checkpoints, job, state(seed)));

        assertThat(files()).hasSize(2);
    }

    @Test
    void goesBackToTheOneBeforeIfTheNewestIsDamagedOrGone() throws Exception {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();
        keep(checkpoints, job, state(1));
        Path first = files().get(0);
        keep(checkpoints, job, state(2));
        Path second =
                files().stream().filter(file -> !file.equals(first)).findFirst().orElseThrow();

        byte[] damaged = Files.readAllBytes(second);
        damaged[damaged.length / 2] ^= 1;
        Files.write(second, damaged);
        assertThat(newest(checkpoints, job)).contains(bytes(state(1)));

        Files.delete(second);
        assertThat(newest(checkpoints, job)).contains(bytes(state(1)));
        Files.delete(first);
        assertThat(newest(checkpoints, job)).isEmpty();
    }

    @Test
    void believesNoStateOfAnotherBuild() {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();
        keep(checkpoints, job, state(1));

        assertThat(checkpoints.newest(job.id(), "cd".repeat(32), FileCheckpointsTest::read))
                .isEmpty();
    }

    @Test
    void takesNothingFromAnAttemptThatLostItsJob() throws Exception {
        Checkpoints checkpoints = checkpoints();
        TrainingJob first = running();
        keep(checkpoints, first, state(1));
        TrainingJob waiting = first.requeued(NOW);
        assertThat(jobs.replace(first, waiting)).isTrue();
        assertThat(jobs.claim(waiting, waiting.started(NOW))).isTrue();

        Checkpoints.Draft late = checkpoints.draft(first, FINGERPRINT, state(2));

        assertThat(late.keep()).isFalse();
        assertThat(files()).hasSize(1);
        assertThat(newest(checkpoints, first)).contains(bytes(state(1)));
    }

    @Test
    void forgetsAJobThatHasEnded() throws Exception {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();
        TrainingJob other = running();
        keep(checkpoints, job, state(1));
        keep(checkpoints, other, state(2));

        assertThat(jobs.replace(job, job.succeeded(NOW, TestJobs.ALL_EPOCHS, 1)))
                .isTrue();
        checkpoints.tidy();

        assertThat(files()).hasSize(1);
        assertThat(newest(checkpoints, job)).isEmpty();
        assertThat(newest(checkpoints, other)).isPresent();
    }

    @Test
    void forgetsWhatIsFurtherThanWhereAJobGoesOn() {
        Checkpoints checkpoints = checkpoints();
        TrainingJob job = running();
        keep(checkpoints, job, further(state(1), 8));
        assertThat(jobs.rewind(job.id(), job.attempt(), JobProgress.NONE, 7)).isTrue();

        checkpoints.tidy();

        assertThat(files()).isEmpty();
    }

    @Test
    void sweepsAtTheStartAlsoWhereNoJobIsUnfinished() throws Exception {
        checkpoints();
        Files.write(root.resolve("checkpoints").resolve("checkpoint_of_nobody"), new byte[] {1});

        checkpoints();

        assertThat(files()).isEmpty();
    }

    @Test
    void sweepsAtTheStartWhatNobodyNeeds() throws Exception {
        Checkpoints before = checkpoints();
        TrainingJob job = running();
        TrainingJob ended = running();
        keep(before, job, state(1));
        keep(before, ended, state(2));
        before.draft(job, FINGERPRINT, state(3));
        Files.write(root.resolve("checkpoints").resolve("checkpoint_of_nobody"), new byte[] {1});
        assertThat(jobs.replace(ended, ended.succeeded(NOW, TestJobs.ALL_EPOCHS, 1)))
                .isTrue();
        assertThat(files()).hasSize(4);

        Checkpoints after = checkpoints();

        assertThat(files()).hasSize(1);
        assertThat(newest(after, job)).contains(bytes(state(1)));
    }

    private FileCheckpoints checkpoints() {
        return new FileCheckpoints(jobs, new DataFolder(root), JdbcClient.create(source), transactions);
    }

    private TrainingJob running() {
        TrainingJob queued = TestJobs.queued(NOW);
        jobs.add(queued);
        TrainingJob running = queued.started(NOW);
        assertThat(jobs.claim(queued, running)).isTrue();
        return running;
    }

    private static RunState state(int seed) {
        TrainingSpec spec = TestJobs.RECIPE.training();
        return RunState.start(
                new TrainingSpec(
                        spec.optimizer(), spec.epochs(), spec.batchSize(), spec.regularization(), spec.stop(), seed),
                NETWORK);
    }

    private static RunState further(RunState state, long steps) {
        RunState.Figures f = state.figures();
        return RunState.of(
                NETWORK,
                TestJobs.RECIPE.training(),
                new RunState.Figures(
                        f.epoch(),
                        f.batch(),
                        f.total(),
                        f.seconds(),
                        f.lowest(),
                        f.bestEpoch(),
                        f.reference(),
                        f.referenceEpoch(),
                        f.recent(),
                        steps,
                        f.numbers(),
                        false,
                        f.plateau()));
    }

    private static void keep(Checkpoints checkpoints, TrainingJob job, RunState state) {
        assertThat(checkpoints.draft(job, FINGERPRINT, state).keep()).isTrue();
    }

    private static Optional<List<Byte>> newest(Checkpoints checkpoints, TrainingJob job) throws IOException {
        Optional<RunState> found = checkpoints.newest(job.id(), FINGERPRINT, FileCheckpointsTest::read);
        return found.isEmpty() ? Optional.empty() : Optional.of(bytes(found.get()));
    }

    private static RunState read(java.io.InputStream in) throws IOException {
        return RunStateFormat.read(NETWORK, TestJobs.RECIPE.training(), in);
    }

    private static List<Byte> bytes(RunState state) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RunStateFormat.write(state, out);
        return java.util.stream.IntStream.range(0, out.size())
                .mapToObj(i -> out.toByteArray()[i])
                .toList();
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(root.resolve("checkpoints"))) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
