package io.twostep.job.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobEnding;
import io.twostep.job.LossCurve;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.model.Evaluations;
import io.twostep.model.Models;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Several training jobs in one answer. */
@RestController
class ComparisonController {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,40}");

    private static final int MOST_JOBS = 20;
    private static final int MOST_POINTS = 1000;

    private final TrainingJobs jobs;
    private final Models models;
    private final JsonMapper json;

    ComparisonController(TrainingJobs jobs, Models models, JsonMapper json) {
        this.jobs = jobs;
        this.models = models;
        this.json = json;
    }

    @GetMapping(path = JobView.ROOT + ":compare", produces = MediaType.APPLICATION_JSON_VALUE)
    JobComparison compare(
            @RequestParam(name = "ids") String ids,
            @RequestParam(name = "max_points", defaultValue = "200") int maxPoints) {
        List<Problem> problems = new ArrayList<>();
        if (maxPoints < 1 || maxPoints > MOST_POINTS) {
            problems.add(
                    new Problem("max_points", "must be an integer from 1 to " + MOST_POINTS + " but was " + maxPoints));
        }
        List<TrainingJob> found = find(List.of(ids.split(",", -1)), problems);
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
        return new JobComparison(
                found.stream().map(job -> compared(job, maxPoints)).toList(),
                RecipeDifferences.of(
                        found.stream().map(job -> job.submission().recipe()).toList(), json));
    }

    private List<TrainingJob> find(List<String> ids, List<Problem> problems) {
        if (ids.size() > MOST_JOBS) {
            problems.add(new Problem("ids", "must be 1 to " + MOST_JOBS + " ids of jobs but were " + ids.size()));
            return List.of();
        }
        Set<String> seen = new HashSet<>();
        List<TrainingJob> found = new ArrayList<>();
        for (String id : ids) {
            Optional<TrainingJob> job = ID.matcher(id).matches() ? jobs.find(id) : Optional.empty();
            job.ifPresent(found::add);
            if (job.isEmpty()) {
                problems.add(new Problem("ids", "there is no training job " + Excerpt.quoted(id)));
            } else if (!seen.add(id)) {
                problems.add(new Problem("ids", "names " + Excerpt.quoted(id) + " twice"));
            }
        }
        return found;
    }

    private ComparedJob compared(TrainingJob job, int maxPoints) {
        LossCurve curve = LossCurve.of(jobs, job.id(), 0, maxPoints);
        return ComparedJob.of(job, metrics(job), curve);
    }

    private @Nullable Evaluations metrics(TrainingJob job) {
        JobEnding ending = job.ending();
        if (ending != null && ending.evaluation() != null) {
            return ending.evaluation();
        }
        Integer version = ending == null ? null : ending.modelVersion();
        return version == null
                ? null
                : models.find(job.submission().modelName(), version)
                        .map(model -> model.evaluation().headline())
                        .orElse(null);
    }
}
