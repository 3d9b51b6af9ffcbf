package io.twostep.job.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.LossCurve;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.training.EpochReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How the losses of training jobs went, epoch by epoch: in pages, or as a whole with fewer rows. */
@RestController
@RequestMapping(JobView.ROOT + "/{id}/history")
class HistoryController {

    private static final int USUAL_ROWS = 1000;
    private static final int MOST_ROWS = 10_000;

    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final TrainingJobs jobs;

    HistoryController(JobQueue<JobSubmission, TrainingJob> queue, TrainingJobs jobs) {
        this.queue = queue;
        this.jobs = jobs;
    }

    @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    HistoryView history(
            @PathVariable String id,
            @RequestParam(name = "after_epoch", defaultValue = "0") int afterEpoch,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "max_points", required = false) @Nullable Integer maxPoints) {
        check(afterEpoch, limit, maxPoints);
        TrainingJob job = queue.find(id); // before its rows: once it has finished, no row follows
        if (maxPoints != null) {
            LossCurve curve = LossCurve.of(jobs, id, afterEpoch, maxPoints);
            return HistoryView.of(curve, afterEpoch, job.status().isFinished());
        }
        int most = limit == null ? USUAL_ROWS : limit;
        List<EpochReport> found = jobs.history(id, afterEpoch, most + 1);
        LossCurve page = new LossCurve(found.subList(0, Math.min(most, found.size())), false);
        return HistoryView.of(page, afterEpoch, job.status().isFinished() && found.size() <= most);
    }

    @GetMapping(produces = "text/csv")
    String historyAsCsv(
            @PathVariable String id,
            @RequestParam(name = "after_epoch", defaultValue = "0") int afterEpoch,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "max_points", required = false) @Nullable Integer maxPoints) {
        return history(id, afterEpoch, limit, maxPoints).toCsv();
    }

    private static void check(int afterEpoch, @Nullable Integer limit, @Nullable Integer maxPoints) {
        List<Problem> problems = new ArrayList<>();
        check("after_epoch", afterEpoch, 0, Integer.MAX_VALUE, problems);
        check("limit", limit, 1, MOST_ROWS, problems);
        check("max_points", maxPoints, 1, MOST_ROWS, problems);
        if (limit != null && maxPoints != null) {
            problems.add(new Problem("max_points", "must not be given beside limit: it is for the whole history"));
        }
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
    }

    private static void check(String parameter, @Nullable Integer value, int least, int most, List<Problem> problems) {
        if (value != null && (value < least || value > most)) {
            problems.add(
                    new Problem(parameter, "must be an integer from " + least + " to " + most + " but was " + value));
        }
    }
}
