package io.twostep.search;

import io.twostep.job.JobPart;
import io.twostep.job.TrainingJobs;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out how the trials of a search stand. */
public final class Scoreboard {

    private final Searches searches;
    private final TrainingJobs jobs;

    Scoreboard(Searches searches, TrainingJobs jobs) {
        this.searches = searches;
        this.jobs = jobs;
    }

    /** The trials before their jobs: each has one by then. */
    public Leaderboard of(Search search) {
        List<Trial> trials = searches.trials(search.id());
        Map<String, JobPart> parts =
                jobs.parts(search.id()).stream().collect(Collectors.toMap(JobPart::id, Function.identity()));
        return Leaderboard.of(
                search.submission().metric(),
                trials.stream()
                        .map(trial -> new Result(trial, trial.jobId() == null ? null : parts.get(trial.jobId())))
                        .toList());
    }
}
