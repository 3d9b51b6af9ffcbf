package io.twostep.search;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.JobQueue;
import io.twostep.job.TrainingDesk;
import java.util.function.Consumer;

/** Where requests for a search come in, and where searches are given up. */
public final class SearchDesk {

    private final SearchPlanner planner;
    private final TrainingDesk trainings;
    private final JobQueue<SearchSubmission, Search> queue;
    private final SearchDriver driver;

    SearchDesk(
            SearchPlanner planner,
            TrainingDesk trainings,
            JobQueue<SearchSubmission, Search> queue,
            SearchDriver driver) {
        this.planner = planner;
        this.trainings = trainings;
        this.queue = queue;
        this.driver = driver;
    }

    /**
     * Accepts a search, with its datasets held so that nobody deletes them meanwhile. It has a place in the queue from then
     * to its end, on the caller's share; its trials are on nobody's.
     *
     * @param caller who asks
     * @param accepted is told of the search in the transaction that stores it
     * @throws ServiceException with everything that is wrong with the request, see {@link SearchPlanner#plan}, or
     *     {@link ErrorCode#QUEUE_FULL}
     */
    public Search submit(SearchRequest request, String caller, Consumer<Search> accepted) {
        SearchPlanner.Planned planned = planner.plan(request);
        return queue.submit(planned.submission(), caller, search -> {
            hold(planned);
            accepted.accept(search);
        });
    }

    private void hold(SearchPlanner.Planned planned) {
        try {
            trainings.hold(planned.first());
        } catch (ServiceException e) {
            throw e.within("job");
        }
    }

    /**
     * Cancels a search and all its jobs that have not finished. Asking again changes nothing.
     *
     * @return the search as it now stands
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}, or {@link ErrorCode#JOB_STATE_CONFLICT} if it has succeeded or
     *     failed
     */
    public Search cancel(String id) {
        queue.cancel(id);
        driver.hurry(id);
        return queue.find(id);
    }
}
