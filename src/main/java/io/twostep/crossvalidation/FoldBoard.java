package io.twostep.crossvalidation;

import io.twostep.job.JobPart;
import io.twostep.job.TrainingJobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out how the folds of a cross-validation stand. */
public final class FoldBoard {

    private final CrossValidations validations;
    private final TrainingJobs jobs;

    FoldBoard(CrossValidations validations, TrainingJobs jobs) {
        this.validations = validations;
        this.jobs = jobs;
    }

    /** Those that have begun. The folds before their jobs: each has one by then. */
    public List<Fold> of(CrossValidation validation) {
        List<String> begun = validations.jobs(validation.id());
        Map<String, JobPart> parts =
                jobs.parts(validation.id()).stream().collect(Collectors.toMap(JobPart::id, Function.identity()));
        List<Fold> folds = new ArrayList<>();
        for (String job : begun) {
            folds.add(new Fold(folds.size() + 1, Objects.requireNonNull(parts.get(job))));
        }
        return folds;
    }
}
