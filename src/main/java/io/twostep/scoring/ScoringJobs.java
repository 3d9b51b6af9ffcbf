package io.twostep.scoring;

import io.twostep.job.JobStatus;
import io.twostep.job.JobStore;
import java.util.Optional;

/** The scoring jobs. */
public interface ScoringJobs extends JobStore<ScoringJob> {

    /**
     * Adds a job, for which the name of its result is reserved until it ends.
     *
     * @throws io.twostep.error.ServiceException NAME_TAKEN if it is reserved for another
     */
    @Override
    void add(ScoringJob job);

    /**
     * Writes how far an attempt has come.
     *
     * @return the status the attempt found itself in; empty, with nothing written, if the job is no longer this
     *     attempt's
     */
    Optional<JobStatus> report(String id, int attempt, ScoringProgress progress);
}
