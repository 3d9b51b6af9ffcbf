package io.twostep.job;

import io.twostep.training.RunState;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The states from which unfinished training jobs go on: the newest two of each, so that one may be damaged. */
public interface Checkpoints {

    /** Makes a state out of the bytes of a checkpoint. */
    @FunctionalInterface
    interface Reader {
        /**
         * The state.
         *
         * @throws IOException if these are not the bytes of one
         */
        RunState read(InputStream in) throws IOException;
    }

    /** A state that is written, but would not survive a power cut yet. */
    interface Draft {

        /** The size of it. */
        long bytes();

        /**
         * Makes it safe, and with it the newest checkpoint of the job. Takes as long as the disk does.
         *
         * @return false, with nothing kept, if the job is no longer this attempt's
         */
        boolean keep();

        void discard();
    }

    /**
     * Writes a state down, without waiting for the disk.
     *
     * @param job the attempt
     * @param fingerprint of all that the state depends on
     * @throws io.twostep.storage.StorageException if the disk does not take it
     */
    Draft draft(TrainingJob job, String fingerprint, RunState state);

    /** The newest whole state of a job that has this fingerprint. */
    Optional<RunState> newest(String jobId, String fingerprint, Reader reader);

    /** Deletes the files of this process that no unfinished job needs any more. */
    void tidy();
}
