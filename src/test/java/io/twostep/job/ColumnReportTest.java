package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnReportTest {

    private final List<String> asked = new ArrayList<>();
    private TestNode node;

    @BeforeEach
    void open(@TempDir Path folder) {
        node = new TestNode(TestDatabase.H2.migrated(), folder, TestNode.QUICK);
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void looksNothingUpForAJobThatHasNotFinished() {
        TrainingJob queued = TestJobs.queued(Instant.EPOCH);

        assertThat(report().of(queued)).isEqualTo(JobColumns.UNKNOWN);
        assertThat(report().of(queued.started(Instant.EPOCH))).isEqualTo(JobColumns.UNKNOWN);
        assertThat(asked).isEmpty();
    }

    @Test
    void saysHowManyMoreColumnsAreLeftOut() {
        JobColumns told = report().of(TestJobs.queued(Instant.EPOCH).cancelRequested(Instant.EPOCH));

        assertThat(told.leftOut()).hasSize(200);
        assertThat(told.leftOutNotShown()).isEqualTo(50);
        assertThat(told.used()).as("no model").isNull();
        assertThat(told.notShown()).isNull();
    }

    private ColumnReport report() {
        return new ColumnReport(this::find, node.published);
    }

    private Optional<Dataset> find(String id) {
        asked.add(id);
        List<DatasetColumn> columns = IntStream.range(0, 250)
                .mapToObj(column -> new DatasetColumn("c" + column, ColumnType.NUMBER, 0, 9))
                .toList();
        return Optional.of(new Dataset(id, "wide", 9, columns, "ab", 1000, Instant.EPOCH, null));
    }
}
