package io.twostep.search;

import io.twostep.error.InvalidValueException;
import io.twostep.error.ServiceException;
import io.twostep.job.JobDriver;
import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobMeters;
import io.twostep.job.JobPart;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins the trials of searches, few at a time, and has the best one published. */
final class SearchDriver extends JobDriver<Search> {

    private static final JobError NO_TRIAL = new JobError(
            "no-trial-succeeded", "No trial came to a metric by which it could be compared; each trial says why.");

    private static final JobError PUBLICATION_CANCELLED =
            new JobError("publication-cancelled", "The job that was to publish the best model was cancelled.");

    private final Searches searches;
    private final TrialPlanner planner;
    private final TrainingDesk desk;
    private final TrainingJobs jobs;
    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final Scoreboard scores;
    private final int ahead;

    /** @param ahead how many trials of a search may wait or run at the same time */
    SearchDriver(
            Searches searches,
            TrialPlanner planner,
            TrainingDesk desk,
            TrainingJobs jobs,
            JobQueue<JobSubmission, TrainingJob> queue,
            JobMeters<Search> meters,
            int ahead,
            InstantSource clock) {
        super(searches, jobs, queue, meters, clock);
        this.searches = searches;
        this.planner = planner;
        this.desk = desk;
        this.jobs = jobs;
        this.queue = queue;
        this.scores = new Scoreboard(searches, jobs);
        this.ahead = ahead;
    }

    @Override
    protected boolean proceed(Search search) {
        String publishing = search.publishingJob();
        if (publishing != null) {
            return published(search, queue.find(publishing));
        }
        long unfinished = jobs.unfinishedParts(search.id());
        if (isOver(search)) {
            cancelParts(search);
        } else if (unfinished >= ahead) {
            return false;
        } else {
            unfinished += begin(search, ahead - unfinished);
        }
        return unfinished == 0 && conclude(search);
    }

    @Override
    protected boolean stopRest(Search search) {
        String publishing = search.publishingJob();
        return publishing == null || cancel(publishing).isFinished();
    }

    /** What was published before it could be cancelled is there, and is named. */
    @Override
    protected Search cancelled(Search search) {
        String publishing = search.publishingJob();
        JobEnding ending = publishing == null ? null : queue.find(publishing).ending();
        return search.cancelled(now(), ending == null ? null : ending.modelVersion());
    }

    /** Begins some trials, if any may begin; how many have. */
    private long begin(Search search, long most) {
        return Progression.of(search.submission()).next(scores.of(search)).stream()
                .limit(most)
                .filter(trial -> begin(search, trial))
                .count();
    }

    /** Whether there is one more trial, be it one that failed at once: then the next step sees it. */
    private boolean begin(Search search, Trial trial) {
        try {
            JobSubmission planned =
                    planner.plan(new JobTemplate(search.submission().job()), trial.settings(), trial.epochs());
            desk.submit(planned.partOf(search.id(), earlier(planned.deadline(), end(search))), job -> {
                if (!searches.add(search.id(), trial.as(job.id()))) {
                    throw overtaken(search);
                }
            });
            return true;
        } catch (InvalidValueException e) {
            return searches.add(search.id(), trial.failed(JobError.of(e)));
        } catch (ServiceException e) {
            if (isPassing(e)) {
                throw e;
            }
            return searches.add(search.id(), trial.failed(JobError.of(e)));
        }
    }

    /** Has the best trial published, or fails if there is none. */
    private boolean conclude(Search search) {
        Optional<Result> best = scores.of(search).best();
        if (best.isEmpty()) {
            return fail(search, NO_TRIAL);
        }
        JobPart part = Objects.requireNonNull(best.get().job());
        desk.publish(part.id(), search.submission().refit(), planner.deadline(search.submission()), job -> {
            if (!searches.publish(search.id(), job.id())) {
                throw overtaken(search);
            }
        });
        return false;
    }

    private boolean published(Search search, TrainingJob job) {
        if (!job.status().isFinished()) {
            return false;
        }
        JobEnding ending = Objects.requireNonNull(job.ending());
        Integer version = ending.modelVersion();
        return version != null
                ? end(search, search.succeeded(now(), version))
                : fail(search, ending.error() == null ? PUBLICATION_CANCELLED : ending.error());
    }

    private boolean isOver(Search search) {
        Instant end = end(search);
        return end != null && !now().isBefore(end);
    }

    private static @Nullable Instant end(Search search) {
        Instant start = search.startedAt();
        return start == null ? null : search.submission().budget().end(start);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
