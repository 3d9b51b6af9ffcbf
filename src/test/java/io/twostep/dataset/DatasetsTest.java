package io.twostep.dataset;

import static io.twostep.dataset.Uploads.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.memory.MemoryBudget;
import io.twostep.observability.Meters;
import io.twostep.storage.Blob;
import io.twostep.storage.DataFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionOperations;

/** What becomes of files and rows when all goes well, and when it does not. */
class DatasetsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123456Z");

    @TempDir
    Path root;

    private final MemoryCatalog catalog = new MemoryCatalog();
    private final MemoryBudget heap = new MemoryBudget("heap", 10_000_000, 0);
    private final TableMemory tables = new TableMemory(Uploads.BOUNDS);
    private DataFolder folder;
    private boolean needed;
    private Datasets datasets;

    @BeforeEach
    void open() {
        folder = new DataFolder(root);
        datasets = new Datasets(
                catalog,
                new PlainFiles(),
                folder,
                TransactionOperations.withoutTransaction(),
                List.of(dataset -> false, dataset -> needed),
                Uploads.BOUNDS,
                heap,
                tables,
                new Meters(new SimpleMeterRegistry()),
                InstantSource.fixed(NOW));
    }

    @Test
    void keepsOneFileForADataset() throws IOException {
        Dataset dataset = add("one", "a,b\n1,2\n").dataset();

        assertThat(dataset.createdAt()).isEqualTo(Instant.parse("2026-03-01T10:00:00.123Z"));
        assertThat(dataset.bytes()).isEqualTo(8);
        assertThat(files()).containsExactly("datasets/" + dataset.id() + ".parquet");
        assertThat(datasets.find("one")).isEqualTo(datasets.find(dataset.id())).isEqualTo(dataset);
    }

    @Test
    void namesADatasetWithoutANameAfterItsId() {
        Dataset dataset = datasets.add(null, DatasetFormat.CSV, body("a\n1\n")).dataset();

        assertThat(dataset.name()).isEqualTo(dataset.id()).startsWith("ds_");
    }

    @Test
    void tellsWhatIsOddAboutTheColumns() {
        assertThat(add("odd", "a,b\n1,\n2,\n").dataset().inferred().warnings())
                .containsExactly("No value at all: \"a\", \"b\".");
    }

    @Test
    void answersTheSameBytesWithWhatIsThere() throws IOException {
        Datasets.Added first = add("one", "a\n1\n");
        Datasets.Added second = add("one", "a\n1\n");

        assertThat(first.isNew()).isTrue();
        assertThat(second).isEqualTo(new Datasets.Added(first.dataset(), false));
        refusal(ErrorCode.NAME_TAKEN, () -> add("one", "a\n2\n"));
        assertThat(files()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delimiter", "quote", "encoding", "header", "decimal", "missing"})
    void refusesTheSameBytesReadInAnotherWay(String parameter) {
        add("one", "a;b\n1,5;2\n");

        assertThat(refusal(ErrorCode.NAME_TAKEN, () -> add("one", "a;b\n1,5;2\n", other(parameter))))
                .hasMessage("There is a dataset \"one\" of the same content, but read with another " + parameter + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"delimiter", "quote", "header", "decimal", "missing"})
    void refusesTheSameBytesOfWhichLessIsSaid(String parameter) {
        add("one", "a;b\n1,5;2\n", other(parameter));

        assertThat(add("one", "a;b\n1,5;2\n", other(parameter)).isNew()).isFalse();
        refusal(ErrorCode.NAME_TAKEN, () -> add("one", "a;b\n1,5;2\n"));
    }

    @Test
    void answersTheSameBytesWithWhatIsThereWhereOptionsSayWhatWasFound() {
        Dataset dataset = add("one", "a;b\n1,5;2\n").dataset();
        CsvOptions found = new CsvOptions(
                ';', "\"", StandardCharsets.UTF_8, true, ',', dataset.inferred().missing());

        assertThat(add("one", "a;b\n1,5;2\n", found)).isEqualTo(new Datasets.Added(dataset, false));
    }

    @Test
    void refusesTheSameBytesInAnotherFormat() {
        add("one", "a\tb\n1\t2\n");

        assertThat(refusal(ErrorCode.NAME_TAKEN, () -> datasets.add("one", DatasetFormat.TSV, body("a\tb\n1\t2\n"))))
                .hasMessageContaining("another format");
    }

    private static CsvOptions other(String parameter) {
        return switch (parameter) {
            case "delimiter" -> new CsvOptions('|', null, null, null, null, null);
            case "quote" -> new CsvOptions(null, "'", null, null, null, null);
            case "encoding" -> new CsvOptions(null, null, StandardCharsets.ISO_8859_1, null, null, null);
            case "header" -> new CsvOptions(null, null, null, false, null, null);
            case "decimal" -> new CsvOptions(null, null, null, null, '.', null);
            default -> new CsvOptions(null, null, null, null, null, List.of("2"));
        };
    }

    @Test
    void yieldsToTheOneThatTookTheNameMeanwhile() throws IOException {
        Dataset first = add("one", "a\n1\n").dataset();
        catalog.forgetsNames = 1;

        assertThat(add("one", "a\n1\n")).isEqualTo(new Datasets.Added(first, false));
        catalog.forgetsNames = 1;
        refusal(ErrorCode.NAME_TAKEN, () -> add("one", "a\n2\n"));
        assertThat(files()).containsExactly("datasets/" + first.id() + ".parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a,a\n1,2\n", "a,b\n1\n", "a\n\"1", "a\n\0\n", "broken\n1\n"})
    void leavesNothingOfAnUploadThatFails(String csv) throws IOException {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> add("bad", csv)))
                .isInstanceOf(ServiceException.class);
        assertThat(files()).isEmpty();
        assertThat(datasets.lookUp("bad")).isEmpty();
    }

    @Test
    void leavesNothingOfABodyThatIsTooLongOrCutShort() throws IOException {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '1';
            }
        };
        InputStream cut = new SequenceInputStream(body("a\n1\n"), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        });

        refusal(ErrorCode.PAYLOAD_TOO_LARGE, () -> datasets.add("long", DatasetFormat.CSV, endless));
        refusal(ErrorCode.MALFORMED_REQUEST, () -> datasets.add("cut", DatasetFormat.CSV, cut));
        assertThat(files()).isEmpty();
    }

    @Test
    void refusesANameBeforeItReads() {
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("was read");
            }
        };

        refusal(ErrorCode.INVALID_NAME, () -> datasets.add("-bad", DatasetFormat.CSV, unread));
    }

    @Test
    void keepsWhatSomebodyNeeds() throws IOException {
        add("one", "a\n1\n");
        needed = true;
        refusal(ErrorCode.DATASET_IN_USE, () -> datasets.delete("one"));
        assertThat(files()).hasSize(1);

        needed = false;
        datasets.delete("one");
        assertThat(files()).isEmpty();
        refusal(ErrorCode.NOT_FOUND, () -> datasets.delete("one"));
    }

    @Test
    void sweepsFilesThatNoDatasetOwns() throws IOException {
        Dataset dataset = add("one", "a\n1\n").dataset();
        Files.writeString(root.resolve("datasets/ds_0.parquet"), "orphan");
        Files.writeString(root.resolve("datasets/new_0.unfinished"), "half");
        datasets.sweep();

        assertThat(files()).containsExactly("datasets/" + dataset.id() + ".parquet");
    }

    @Test
    void sweepsWhatADeathOnTheFirstStartLeft() throws IOException {
        Files.writeString(root.resolve("datasets/ds_0.parquet"), "orphan");
        datasets.sweep();

        assertThat(files()).isEmpty();
    }

    @Test
    void leavesWhatAnotherDatabaseMayOwn() throws IOException {
        folder.furnished();
        Files.writeString(root.resolve("datasets/ds_0.parquet"), "somebody's");
        datasets.sweep();

        assertThat(files()).containsExactly("datasets/ds_0.parquet");
    }

    private Datasets.Added add(String name, String csv) {
        return datasets.add(name, DatasetFormat.CSV, body(csv));
    }

    private Datasets.Added add(String name, String csv, CsvOptions options) {
        return datasets.add(name, new BodyType(DatasetFormat.CSV, null), options, SaidTypes.NONE, body(csv));
    }

    private static InputStream body(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Everything in the data folder but empty folders for files and for temporary folders. */
    private List<String> files() throws IOException {
        Path areas = folder.root();
        try (Stream<Path> all = Files.walk(areas)) {
            return all.map(areas::relativize)
                    .filter(path -> path.getNameCount() > 1)
                    .map(path -> path.toString().replace('\\', '/'))
                    .toList();
        }
    }

    /** Copies the raw table, with columns that all have no value; fails where the first row says so. */
    private static final class PlainFiles implements TableFiles {

        @Override
        public RawTable readParquet(Path file, Path temporary) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<DatasetColumn> write(RawTable raw, Path file, Path temporary) {
            try {
                Files.copy(raw.file(), file);
                Files.copy(raw.file(), temporary.resolve("spilled"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (raw.names().contains("broken")) {
                throw new ServiceException(ErrorCode.NON_FINITE_NUMBER, "broken");
            }
            return raw.names().stream()
                    .map(name -> new DatasetColumn(name, ColumnType.CATEGORY, raw.rows(), 0))
                    .toList();
        }

        @Override
        public OpenTable open(Path file, List<DatasetColumn> columns, int rows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void copy(Path file, List<DatasetColumn> columns, Path copy, Path temporary) {
            throw new UnsupportedOperationException();
        }

        @Override
        public TableStatistics statistics(Path file, List<DatasetColumn> columns, long rows) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Map<String, @Nullable Object>> rows(Path file, List<DatasetColumn> columns, int limit) {
            throw new UnsupportedOperationException();
        }
    }

    /** A catalog that can miss a name some times, as when another request inserts it a moment later. */
    private static final class MemoryCatalog implements DatasetCatalog {

        private final Map<String, Dataset> byId = new LinkedHashMap<>();
        private int forgetsNames;

        @Override
        public boolean insert(Dataset dataset, Blob parquet) {
            if (named(dataset.name()).isPresent()) {
                return false;
            }
            byId.put(dataset.id(), dataset);
            return true;
        }

        @Override
        public Optional<Dataset> byId(String id) {
            return Optional.ofNullable(byId.get(id));
        }

        @Override
        public Optional<Dataset> byName(String name) {
            return forgetsNames-- > 0 ? Optional.empty() : named(name);
        }

        @Override
        public List<Dataset> page(@Nullable String after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean lock(String id) {
            return byId.containsKey(id);
        }

        @Override
        public void delete(String id) {
            byId.remove(id);
        }

        @Override
        public String blobKey(String id) {
            return id + ".parquet";
        }

        @Override
        public Set<String> blobKeys() {
            return byId.keySet().stream().map(this::blobKey).collect(Collectors.toSet());
        }

        @Override
        public long totalBytes() {
            return byId.values().stream().mapToLong(Dataset::bytes).sum();
        }

        private Optional<Dataset> named(String name) {
            return byId.values().stream()
                    .filter(dataset -> dataset.name().equals(name))
                    .findFirst();
        }
    }
}
