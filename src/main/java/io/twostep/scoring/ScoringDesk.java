package io.twostep.scoring;

import io.twostep.dataset.DatasetCatalog;
import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobQueue;
import java.util.List;
import java.util.function.Consumer;

/** Where requests for a scoring come in: planned, then queued. */
public final class ScoringDesk {

    private final ScoringPlanner planner;
    private final DatasetCatalog datasets;
    private final JobQueue<ScoringSubmission, ScoringJob> queue;

    ScoringDesk(ScoringPlanner planner, DatasetCatalog datasets, JobQueue<ScoringSubmission, ScoringJob> queue) {
        this.planner = planner;
        this.datasets = datasets;
        this.queue = queue;
    }

    /**
     * Accepts a job, with its dataset held so that nobody deletes it meanwhile.
     *
     * @param caller who asks
     * @param accepted is told of the job in the transaction that stores it
     * @throws ServiceException with everything that is wrong with the request, see {@link ScoringPlanner#plan}, or
     *     {@link ErrorCode#QUEUE_FULL}
     */
    public ScoringJob submit(ScoringRequest request, String caller, Consumer<ScoringJob> accepted) {
        ScoringSubmission submission = planner.plan(request);
        return queue.submit(submission, caller, job -> {
            hold(submission.datasetId());
            planner.requireFreeName(submission.result()); // a job that had it reserved may just have made it
            accepted.accept(job);
        });
    }

    private void hold(String datasetId) {
        if (!datasets.lock(datasetId)) {
            throw new ServiceException(
                    ErrorCode.REFERENCE_NOT_FOUND,
                    List.of(new Problem("/dataset", "the dataset has just been deleted")));
        }
    }
}
