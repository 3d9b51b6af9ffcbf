package io.twostep.job;

import io.twostep.dataset.DatasetCatalog;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.List;

/** Where requests for a training come in: planned, then queued. */
public final class TrainingDesk {

    private final TrainingPlanner planner;
    private final DatasetCatalog datasets;
    private final JobQueue queue;

    TrainingDesk(TrainingPlanner planner, DatasetCatalog datasets, JobQueue queue) {
        this.planner = planner;
        this.datasets = datasets;
        this.queue = queue;
    }

    /**
     * Accepts a job, with its dataset held so that nobody deletes it meanwhile.
     *
     * @throws ServiceException with everything that is wrong with the request, see {@link TrainingPlanner#plan}
     */
    public TrainingJob submit(TrainingRequest request) {
        JobSubmission submission = planner.plan(request);
        return queue.submit(submission, () -> hold(submission.datasetId()));
    }

    private void hold(String datasetId) {
        if (!datasets.lock(datasetId)) {
            throw new ServiceException(
                    ErrorCode.REFERENCE_NOT_FOUND,
                    List.of(new Problem("/dataset", "the dataset has just been deleted")));
        }
    }
}
