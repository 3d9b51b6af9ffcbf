package io.twostep.search;

import io.twostep.job.JobStore;
import java.util.List;

/** The searches and their trials. */
public interface Searches extends JobStore<Search> {

    /**
     * Adds a trial that begins, or cannot, in the transaction of the caller if there is one.
     *
     * @return false, with nothing written, if the search is not running any more or has the trial already
     */
    boolean add(String searchId, Trial trial);

    /** The trials that have begun, in the order of their rungs and numbers. */
    List<Trial> trials(String searchId);

    /**
     * Notes which job publishes the best model, in the transaction of the caller if there is one.
     *
     * @return false, with nothing written, if the search is not running any more or has such a job already
     */
    boolean publish(String searchId, String jobId);
}
