package io.twostep.job.store;

import io.twostep.job.Checkpoints;
import io.twostep.job.RunStateFormat;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.storage.Blob;
import io.twostep.storage.Blobs;
import io.twostep.storage.DataFolder;
import io.twostep.storage.Ids;
import io.twostep.storage.StorageException;
import io.twostep.training.RunState;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Checkpoints in files, each with a row that says where and how whole it is. A file without a row was not finished and
 * goes at start-up.
 */
@Component
@DependsOnDatabaseInitialization
final class FileCheckpoints implements Checkpoints {

    private static final Logger log = LoggerFactory.getLogger(FileCheckpoints.class);

    private static final int GENERATIONS = 2;

    private final TrainingJobs jobs;
    private final Blobs files;
    private final Set<String> here = ConcurrentHashMap.newKeySet();
    private final CheckpointTable table;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    FileCheckpoints(TrainingJobs jobs, DataFolder dataFolder, JdbcClient jdbc, TransactionOperations transactions) {
        this.jobs = jobs;
        this.files = dataFolder.blobs("checkpoints");
        this.table = new CheckpointTable(jdbc);
        this.transactions = transactions;
        this.clock = InstantSource.system();
        Set<String> needed = new HashSet<>(table.files());
        files.sweepAll(needed);
        here.addAll(needed);
    }

    @Override
    public Draft draft(TrainingJob job, String fingerprint, RunState state) {
        int epochs = state.epoch() - 1;
        long steps = state.steps();
        Blobs.Draft file = files.draft(out -> RunStateFormat.write(state, out));
        return new Draft() {
            @Override
            public long bytes() {
                return file.bytes();
            }

            @Override
            public boolean keep() {
                Blob blob = file.publish(Ids.next("checkpoint"));
                return add(new CheckpointTable.Row(
                        blob,
                        job.id(),
                        job.attempt(),
                        fingerprint,
                        epochs,
                        steps,
                        clock.instant().truncatedTo(ChronoUnit.MILLIS)));
            }

            @Override
            public void discard() {
                file.discard();
            }
        };
    }

    @Override
    public Optional<RunState> newest(String jobId, String fingerprint, Reader reader) {
        for (CheckpointTable.Row row : table.newestFirst(jobId)) {
            if (row.fingerprint().equals(fingerprint)) {
                Optional<RunState> state = read(row, reader);
                if (state.isPresent()) {
                    return state;
                }
            } else {
                log.info(
                        "{} cannot go on from {}: it is of another build or machine",
                        jobId,
                        row.file().key());
            }
        }
        return Optional.empty();
    }

    @Override
    public void tidy() {
        Set<String> written = Set.copyOf(here);
        Set<String> needed = new HashSet<>(table.files());
        try {
            for (String key : written) {
                if (!needed.contains(key)) {
                    files.delete(key);
                    here.remove(key);
                }
            }
        } catch (StorageException e) {
            log.warn("A checkpoint that is not needed any more could not be deleted", e); // goes at the next start
        }
    }

    /** Adds the row if the job still is that attempt's, and lets one older row be. */
    private boolean add(CheckpointTable.Row row) {
        here.add(row.file().key()); // whatever comes of it: the table decides what stays
        boolean added = Boolean.TRUE.equals(transactions.execute(transaction -> {
            if (!jobs.progressed(row.jobId(), row.attempt())) {
                return false;
            }
            table.add(row);
            table.delete(row.jobId(), GENERATIONS);
            return true;
        }));
        tidy();
        return added;
    }

    private Optional<RunState> read(CheckpointTable.Row row, Reader reader) {
        String key = row.file().key();
        try {
            if (!files.verify(key, row.file().sha256())) {
                log.warn("{} cannot go on from {}: the file is missing or damaged", row.jobId(), key);
                return Optional.empty();
            }
            try (InputStream in = new BufferedInputStream(files.open(key))) {
                return Optional.of(reader.read(in));
            }
        } catch (IOException | StorageException e) {
            log.warn("{} cannot go on from {}", row.jobId(), key, e);
            return Optional.empty();
        }
    }
}
