package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.storage.TestDatabase;
import io.twostep.web.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class TrainingDeskTest {

    private static final TrainingRequest REQUEST = Json.mapper().readValue("""
            {"dataset":"ds_2","target":"y","split":{"validation_dataset":"ds_3","test_dataset":"ds_1"}}""", TrainingRequest.class);

    private final List<String> held = new ArrayList<>();
    private final TrainingPlanner planner = new TrainingPlanner(
            id -> Stream.of("ds_1", "ds_2", "ds_3")
                    .filter(id::equals)
                    .map(TrainingDeskTest::dataset)
                    .findFirst(),
            id -> Optional.empty(),
            choice -> Optional.empty(),
            shape -> {},
            DataSize.ofMegabytes(1),
            DataSize.ofMegabytes(1),
            InstantSource.system());
    private TestNode node;
    private boolean tooLarge;

    @BeforeEach
    void open(@TempDir Path folder) {
        node = new TestNode(TestDatabase.H2.migrated(), folder, TestNode.QUICK);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void holdsItsDatasetsInTheOrderOfTheirIds() throws Exception {
        desk("none").submit(REQUEST, "192.0.2.1", TestJobs.ALWAYS);
        node.work.next().succeed();

        assertThat(held).containsExactly("ds_1", "ds_2", "ds_3");
    }

    @Test
    void saysWhichDatasetHasJustBeenDeleted() {
        refuses("ds_1", "/split/test_dataset");
        refuses("ds_2", "/dataset");
        refuses("ds_3", "/split/validation_dataset");
    }

    @Test
    void refusesAJobThatNeedsTooMuchMemory() {
        tooLarge = true;

        assertThatThrownBy(() -> desk("none").submit(REQUEST, "192.0.2.1", TestJobs.ALWAYS))
                .hasMessage("too large");
        assertThat(node.jobs.count(JobStatus.QUEUED)).isZero();
    }

    @Test
    void plansAJobThatNobodyQueues() {
        assertThat(desk("none").plan(REQUEST).datasetId()).isEqualTo("ds_2");
        tooLarge = true;
        assertThatThrownBy(() -> desk("none").plan(REQUEST)).hasMessage("too large");

        assertThat(node.jobs.list(null, 10)).isEmpty();
        assertThat(held).isEmpty();
    }

    private void refuses(String deleted, String pointer) {
        assertThatThrownBy(() -> desk(deleted).submit(REQUEST, "192.0.2.1", TestJobs.ALWAYS))
                .isInstanceOfSatisfying(ServiceException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.REFERENCE_NOT_FOUND);
                    assertThat(e.problems())
                            .containsExactly(new Problem(pointer, "the dataset " + deleted + " has been deleted"));
                });
    }

    private void requireFits(JobSubmission submission) {
        if (tooLarge) {
            throw new ServiceException(ErrorCode.JOB_TOO_LARGE, "too large");
        }
    }

    private TrainingDesk desk(String deleted) {
        return new TrainingDesk(
                planner,
                new Reproduction(node.models, node.jobs),
                this::requireFits,
                id -> held.add(id) && !id.equals(deleted),
                node.queue);
    }

    private static Dataset dataset(String id) {
        List<DatasetColumn> columns = List.of(
                new DatasetColumn("x", ColumnType.NUMBER, 0, 100), new DatasetColumn("y", ColumnType.CATEGORY, 0, 2));
        return new Dataset(id, id, 100, columns, id, 1000, Instant.EPOCH, null);
    }
}
