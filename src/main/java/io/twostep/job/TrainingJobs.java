package io.twostep.job;

import io.twostep.training.EpochReport;
import java.util.List;
import java.util.Optional;

/** The training jobs and their loss histories. */
public interface TrainingJobs extends JobStore<TrainingJob> {

    /**
     * Writes how far an attempt has come and appends to its loss history.
     *
     * @return the status the attempt found itself in; empty, with nothing written, if the job is no longer this
     *     attempt's
     */
    Optional<JobStatus> report(String id, int attempt, JobProgress progress, List<EpochReport> rows);

    /**
     * Writes from where an attempt goes on, and forgets the loss history after that epoch and the checkpoints after that
     * step: nobody may go on from them any more.
     *
     * @param steps made there; 0 at the start
     * @return false, with nothing written, if the job is no longer this attempt's
     */
    boolean rewind(String id, int attempt, JobProgress progress, long steps);

    /**
     * Notes that an attempt got further than any before, and can go on from there if its worker dies: what died before
     * does not count any more.
     *
     * @return false, with nothing written, if the job is no longer this attempt's
     */
    boolean progressed(String id, int attempt);

    /** The loss history after an epoch, oldest first, at most {@code limit} rows. */
    List<EpochReport> history(String id, int afterEpoch, int limit);

    /** How long the loss history after an epoch is. */
    HistorySize historySize(String id, int afterEpoch);

    /** The jobs that are parts of something, oldest first. */
    List<JobPart> parts(String parent);

    /** How many of them are not finished. */
    long unfinishedParts(String parent);
}
