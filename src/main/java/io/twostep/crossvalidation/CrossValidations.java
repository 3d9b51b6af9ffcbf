package io.twostep.crossvalidation;

import io.twostep.job.JobStore;
import java.util.List;

/** The cross-validations and the jobs of their folds. */
public interface CrossValidations extends JobStore<CrossValidation> {

    /**
     * Notes which job tests the next fold, in the transaction of the caller if there is one.
     *
     * @param fold 1 for the first
     * @return false, with nothing written, if the cross-validation is not running any more or another fold is the next
     */
    boolean add(String id, int fold, String jobId);

    /** The jobs of the folds that have begun, that of the first fold first. */
    List<String> jobs(String id);
}
