package io.twostep.dataset.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Derivation;
import io.twostep.dataset.Inferred;
import io.twostep.storage.Blob;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
class JdbcDatasetsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    private final JdbcDatasets datasets;

    JdbcDatasetsTest(TestDatabase database) {
        datasets = new JdbcDatasets(JdbcClient.create(database.migrated()), Json.mapper());
    }

    @Test
    void findsWhatWasInsertedByIdAndName() {
        Dataset dataset = dataset("ds_1", "one");
        assertThat(insert(dataset)).isTrue();
        assertThat(datasets.byId("ds_1")).contains(dataset);
        assertThat(datasets.byName("one")).contains(dataset);
        assertThat(datasets.blobKey("ds_1")).isEqualTo("ds_1.parquet");
        assertThat(datasets.byId("one")).isEmpty();
    }

    @Test
    void takesANameOnce() {
        assertThat(insert(dataset("ds_1", "one"))).isTrue();
        assertThat(insert(dataset("ds_2", "one"))).isFalse();
        assertThat(datasets.byId("ds_2")).isEmpty();
    }

    @Test
    void tellsNamesApartThatDifferInCase() {
        assertThat(insert(dataset("ds_1", "one"))).isTrue();
        assertThat(insert(dataset("ds_2", "One"))).isTrue();
        assertThat(datasets.byName("One")).map(Dataset::id).contains("ds_2");
        assertThat(datasets.byName("ONE")).isEmpty();
    }

    @Test
    void keepsTheWidestTableAndItsWarnings() {
        List<DatasetColumn> columns = IntStream.range(0, 10_000)
                .mapToObj(i -> new DatasetColumn(i + "\ud83d\ude00".repeat(100), ColumnType.TEXT, i, 2))
                .toList();
        Inferred inferred = new Inferred(
                DatasetFormat.JSON,
                "utf-16le",
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of("delimiter"),
                List.of("'x' \"y\" \\ \u00e9", "z"));
        Dataset dataset = new Dataset("ds_1", "wide", 1L << 40, columns, "a".repeat(64), 1L << 40, NOW, inferred);

        assertThat(insert(dataset)).isTrue();
        assertThat(datasets.byId("ds_1")).contains(dataset);
    }

    @Test
    void pagesInTheOrderOfIds() {
        List.of("ds_2", "ds_1", "ds_3").forEach(id -> insert(dataset(id, "name-of-" + id)));
        assertThat(datasets.page(null, 2)).extracting(Dataset::id).containsExactly("ds_1", "ds_2");
        assertThat(datasets.page("ds_2", 2)).extracting(Dataset::id).containsExactly("ds_3");
        assertThat(datasets.page("ds_3", 2)).isEmpty();
    }

    @Test
    void forgetsWhatIsDeleted() {
        insert(dataset("ds_1", "one"));
        insert(dataset("ds_2", "two"));
        datasets.delete("ds_1");
        datasets.delete("ds_1");
        assertThat(datasets.byName("one")).isEmpty();
        assertThat(datasets.blobKeys()).containsExactly("ds_2.parquet");
        assertThat(datasets.totalBytes()).isEqualTo(10);
        assertThat(datasets.lock("ds_1")).isFalse();
        assertThat(datasets.lock("ds_2")).isTrue();
    }

    private boolean insert(Dataset dataset) {
        return datasets.insert(dataset, new Blob(dataset.id() + ".parquet", "b".repeat(64), 20));
    }

    @Test
    void keepsWhereADatasetComesFromThatNobodyUploaded() {
        Derivation derivation = new Derivation("ds_0", "b".repeat(64), "penguins", 3, "job_1");
        Dataset made = new Dataset(
                "ds_1",
                "scored",
                2,
                List.of(new DatasetColumn("prediction", ColumnType.NUMBER, 0, 2)),
                "a".repeat(64),
                20,
                NOW,
                null,
                derivation);

        assertThat(insert(made)).isTrue();
        assertThat(datasets.byId("ds_1")).contains(made);
    }

    private static Dataset dataset(String id, String name) {
        return new Dataset(
                id,
                name,
                3,
                List.of(new DatasetColumn("x \u00e9", ColumnType.NUMBER, 1, 2)),
                "a".repeat(64),
                10,
                NOW,
                new Inferred(
                        DatasetFormat.CSV,
                        "utf-8",
                        ",",
                        "\"",
                        "\"",
                        true,
                        ".",
                        List.of("NA"),
                        List.of(),
                        List.of("note")));
    }
}
