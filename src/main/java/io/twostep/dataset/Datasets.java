package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Names;
import io.twostep.error.ServiceException;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.observability.Meters;
import io.twostep.storage.Blob;
import io.twostep.storage.Blobs;
import io.twostep.storage.DataFolder;
import io.twostep.storage.Ids;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** The tables that users have uploaded or jobs have made: takes them in, finds them, reads them, lets them go. */
public final class Datasets {

    /** Where the files with the values are. */
    static final String AREA = "datasets";

    private static final String PREFIX = "ds";

    /** How long an upload that has arrived waits until it can be read. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Uploads that have arrived and are not yet read; beyond them, bodies are refused before they come. */
    private static final int MOST_RECEIVED = 16;

    /** Lines that are held in memory while a text is read: of two bytes a character, and some of them twice. */
    private static final int LINES_IN_MEMORY = 12;

    /** What an upload takes of the heap beside its lines: buffers, and what is known of its columns. */
    private static final long BESIDE_LINES = 8 << 20;

    private final DatasetCatalog catalog;
    private final TableFiles tables;
    private final Blobs files;
    private final DataFolder dataFolder;
    private final TransactionOperations transactions;
    private final List<DatasetUse> uses;
    private final DatasetProperties bounds;
    private final MemoryBudget heap;
    private final TableMemory memory;
    private final Meters meters;
    private final InstantSource clock;
    private final AtomicInteger received = new AtomicInteger();
    private final Semaphore profiling = new Semaphore(1);

    Datasets(
            DatasetCatalog catalog,
            TableFiles tables,
            DataFolder dataFolder,
            TransactionOperations transactions,
            List<DatasetUse> uses,
            DatasetProperties bounds,
            MemoryBudget heap,
            TableMemory memory,
            Meters meters,
            InstantSource clock) {
        this.catalog = catalog;
        this.tables = tables;
        this.files = dataFolder.blobs(AREA);
        this.dataFolder = dataFolder;
        this.transactions = transactions;
        this.uses = List.copyOf(uses);
        this.bounds = bounds;
        this.heap = heap;
        this.memory = memory;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * What became of an upload.
     *
     * @param isNew false if the same bytes, read in the same way, were there under the same name already
     */
    public record Added(Dataset dataset, boolean isNew) {}

    /**
     * Takes a table in. When this returns, it is on the disk.
     *
     * @param name null lets the dataset have its id for a name
     * @param format null lets it be found out
     * @throws ServiceException for a body that is too long or no table, NAME_TAKEN, REQUEST_TOO_LARGE if there can
     *     never be the memory to read it with, and BUSY if there is none now: before it is received if many others wait,
     *     else when it has waited for a while
     */
    public Added add(@Nullable String name, @Nullable DatasetFormat format, InputStream body) {
        return add(name, new BodyType(format, null), CsvOptions.NONE, SaidTypes.NONE, body);
    }

    /**
     * The same with what is known of a CSV text, and of the types of columns.
     *
     * @throws ServiceException besides, INVALID_PARAMETER where the body is of another format, or has no such column
     */
    public Added add(@Nullable String name, BodyType type, CsvOptions options, SaidTypes types, InputStream body) {
        return add(name, type, options, types, body, added -> {});
    }

    /** The same; {@code accepted} is told of it in the transaction that keeps the dataset, or when it was there. */
    public Added add(
            @Nullable String name,
            BodyType type,
            CsvOptions options,
            SaidTypes types,
            InputStream body,
            Consumer<Added> accepted) {
        try {
            return receive(name, type, options, types, body, accepted);
        } catch (ServiceException e) {
            meters.uploadRejected(e.code().slug());
            throw e;
        }
    }

    private Added receive(
            @Nullable String name,
            BodyType type,
            CsvOptions options,
            SaidTypes types,
            InputStream body,
            Consumer<Added> accepted) {
        if (name != null) {
            Names.checked(name);
        }
        requireMemory();
        try (Upload upload = Upload.receive(body, bounds.maxBytes().toBytes(), dataFolder)) {
            return readWhenThereIsMemory(() -> read(name, type, options, types, upload, accepted));
        }
    }

    /** Before the body comes; it may come slowly, and so holds no memory as yet. */
    private void requireMemory() {
        heap.requirePossible(bytesOfUpload());
        if (received.get() >= MOST_RECEIVED) {
            throw new ServiceException(ErrorCode.BUSY, "Other uploads wait to be read; ask again in a moment.");
        }
    }

    private Added readWhenThereIsMemory(Supplier<Added> reading) {
        received.incrementAndGet();
        try {
            return heap.reserve(bytesOfUpload(), PATIENCE)
                    .during(() -> memory.reserve(PATIENCE).during(reading));
        } finally {
            received.decrementAndGet();
        }
    }

    private long bytesOfUpload() {
        return BESIDE_LINES + LINES_IN_MEMORY * bounds.maxLine().toBytes();
    }

    private Added read(
            @Nullable String name,
            BodyType type,
            CsvOptions options,
            SaidTypes types,
            Upload upload,
            Consumer<Added> accepted) {
        String id = Ids.next(PREFIX);
        Optional<Dataset> present = name == null ? Optional.empty() : catalog.byName(name);
        present.ifPresent(dataset -> requireSameBytes(dataset, upload));
        Upload unpacked = Gzip.unpacked(upload, bounds);
        Reading reading = Reading.of(unpacked, type, options, types);
        return present.isPresent()
                ? known(reading.requireSame(present.get()), accepted)
                : add(id, name == null ? id : name, reading, unpacked, accepted);
    }

    /**
     * The dataset of that id or name.
     *
     * @throws ServiceException NOT_FOUND
     */
    public Dataset find(String idOrName) {
        return lookUp(idOrName)
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.NOT_FOUND, "There is no dataset " + Excerpt.quoted(idOrName) + "."));
    }

    /** The dataset of that id or name, if there is one. */
    public Optional<Dataset> lookUp(String idOrName) {
        return catalog.byId(idOrName).or(() -> catalog.byName(idOrName));
    }

    /** At most {@code limit} datasets in the order of their making; {@code after} is the last id of the page before. */
    public List<Dataset> list(@Nullable String after, int limit) {
        return catalog.page(after, limit);
    }

    /**
     * Reserves the memory with which a request reads a dataset; the caller closes it.
     *
     * @throws ServiceException BUSY
     */
    public Reservation reserve() {
        return memory.reserve(Duration.ZERO);
    }

    /** Opens a dataset for reading, in memory that the caller has reserved; the caller closes it. */
    public OpenTable open(Dataset dataset) {
        return tables.open(
                files.path(catalog.blobKey(dataset.id())), dataset.columns(), Math.toIntExact(dataset.rows()));
    }

    /**
     * Copies a dataset to a Parquet file for others, in memory that the caller has reserved; the caller closes the copy.
     *
     * @throws ServiceException INVALID_PARAMETER if the names of two columns differ in case only, which no such file of
     *     ours can tell apart
     */
    public ParquetCopy copy(Dataset dataset) {
        return ParquetCopy.of(dataset, files.path(catalog.blobKey(dataset.id())), tables, dataFolder);
    }

    /** The first rows of a dataset, by column name; throws BUSY. */
    public List<Map<String, @Nullable Object>> rows(Dataset dataset, int limit) {
        Path file = files.path(catalog.blobKey(dataset.id()));
        return memory.look(() -> tables.rows(file, dataset.columns(), limit));
    }

    /**
     * What the values of a dataset look like. One is made at a time, since it may take as much memory as an upload.
     *
     * @param columns names of at most 100; empty for the first ones
     * @param target what shall be learned, if that is known already
     * @throws ServiceException INVALID_PARAMETER, BUSY
     */
    public TableProfile profile(Dataset dataset, List<String> columns, @Nullable String target) {
        if (!profiling.tryAcquire()) {
            throw new ServiceException(ErrorCode.BUSY, "Another profile is being made; ask again in a moment.");
        }
        try {
            return reserve().during(() -> madeProfile(dataset, columns, target));
        } finally {
            profiling.release();
        }
    }

    private TableProfile madeProfile(Dataset dataset, List<String> columns, @Nullable String target) {
        Path file = files.path(catalog.blobKey(dataset.id()));
        try (TableStatistics table = tables.statistics(file, dataset.columns(), dataset.rows())) {
            return new Profiling(dataset, table).profile(columns, target);
        }
    }

    /**
     * Lets a dataset go.
     *
     * @throws ServiceException NOT_FOUND, or DATASET_IN_USE while somebody needs it
     */
    public void delete(String idOrName) {
        Dataset dataset = find(idOrName);
        String file = catalog.blobKey(dataset.id());
        transactions.executeWithoutResult(status -> {
            if (catalog.lock(dataset.id())) {
                if (uses.stream().anyMatch(use -> use.needs(dataset))) {
                    throw new ServiceException(
                            ErrorCode.DATASET_IN_USE,
                            "A queued or running job needs the dataset " + dataset.name() + ".");
                }
                catalog.delete(dataset.id());
            }
        });
        files.delete(file);
    }

    /**
     * Deletes files that no dataset owns; for start-up. In a new folder there can be nothing of another database, but what
     * a death on the first start left.
     */
    void sweep() {
        Set<String> owned = catalog.blobKeys();
        if (dataFolder.isNew()) {
            files.sweepAll(owned);
        } else {
            files.sweep(owned);
        }
    }

    private static Added known(Dataset present, Consumer<Added> accepted) {
        Added added = new Added(present, false);
        accepted.accept(added);
        return added;
    }

    private Added add(String id, String name, Reading reading, Upload upload, Consumer<Added> accepted) {
        RawTable raw = read(upload, reading);
        List<DatasetColumn> columns = new ArrayList<>();
        Blob parquet =
                files.writeFile(id + ".parquet", file -> columns.addAll(tables.write(raw, file, upload.folder())));
        Dataset dataset = new Dataset(
                id, name, raw.rows(), columns, upload.sha256(), upload.bytes(), now(), raw.inferred(columns));
        Added added = new Added(dataset, true);
        if (insert(added, parquet, accepted)) {
            return added;
        }
        files.delete(parquet.key());
        Dataset present = find(name);
        requireSameBytes(present, upload);
        return known(reading.requireSame(present), accepted);
    }

    private boolean insert(Added added, Blob parquet, Consumer<Added> accepted) {
        return Boolean.TRUE.equals(transactions.execute(status -> {
            if (!catalog.insert(added.dataset(), parquet)) {
                status.setRollbackOnly(); // PostgreSQL takes no more in this transaction
                return false;
            }
            try {
                accepted.accept(added);
            } catch (RuntimeException e) {
                files.delete(parquet.key()); // the dataset will not have been there
                throw e;
            }
            return true;
        }));
    }

    private RawTable read(Upload upload, Reading reading) {
        return switch (reading.format()) {
            case CSV, TSV -> new CsvTable(upload, reading, bounds).read();
            case JSON, NDJSON -> new JsonTable(upload, reading, bounds).read();
            case PARQUET -> named(tables.readParquet(upload.file(), upload.folder()));
        };
    }

    private static RawTable named(RawTable raw) {
        ColumnNames.checked(raw.names());
        return raw;
    }

    private static void requireSameBytes(Dataset present, Upload upload) {
        if (!present.sha256().equals(upload.sha256())) {
            throw new ServiceException(
                    ErrorCode.NAME_TAKEN,
                    "There is a dataset " + Excerpt.quoted(present.name()) + " with other content.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
