package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingNeed;
import io.twostep.matrix.Cores;
import io.twostep.memory.Reservation;
import io.twostep.training.ExampleStore;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.TrainingListener;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a dataset made ready, as a training would make all of them ready. Of all rows of a dataset it is what the
 * training itself will make; of some of them every row is learned from, since what divides all rows need not divide these.
 *
 * @param recipe by which they were made ready
 * @param prepared null if that failed
 * @param failure why; null if it did not
 * @param memory that is held; grows with what is done with them
 */
record PreparedSample(
        JobSubmission submission,
        Dataset dataset,
        Recipe recipe,
        RowSample rows,
        @Nullable Preparation prepared,
        @Nullable InvalidValueException failure,
        Reservation memory) {

    /** What a problem with the rows may point at in the request; else it is the dataset's. */
    private static final Set<String> FIELDS =
            Set.of("target", "targets", "split", "sample_weight", "class_weights", "features", "encoding", "network");

    static PreparedSample of(JobSubmission submission, Dataset dataset, RowSample rows, Reservation memory) {
        Recipe recipe = recipe(submission.recipe(), rows.whole());
        try {
            Preparation prepared = Preparation.of(rows.table(), recipe, ExampleStore.HEAP, TrainingListener.NONE);
            return new PreparedSample(submission, dataset, recipe, rows, prepared, null, memory);
        } catch (InvalidValueException e) {
            return new PreparedSample(submission, dataset, recipe, rows, null, e, memory);
        }
    }

    /** Rows of other datasets are not looked at. */
    private static Recipe recipe(Recipe asked, boolean whole) {
        SplitShares split = asked.split();
        return whole
                ? asked.with(new SplitShares(split.validation(), split.test(), split.by()))
                : asked.unweighted(new SplitShares(0, 0));
    }

    /**
     * What was made ready.
     *
     * @throws ServiceException {@link ErrorCode#INCOMPATIBLE_DATASET} if that failed, in the request's own terms
     */
    Preparation requirePrepared() {
        if (prepared == null) {
            List<Problem> problems = failure == null ? List.of() : failure.problems();
            throw new ServiceException(
                    ErrorCode.INCOMPATIBLE_DATASET,
                    problems.stream().map(PreparedSample::pointed).toList());
        }
        return prepared;
    }

    private static Problem pointed(Problem problem) {
        String[] tokens = problem.pointer().split("/", -1);
        String first = tokens.length > 1 ? tokens[1] : "";
        if (FIELDS.contains(first)) {
            return problem;
        }
        boolean isRow = tokens.length > 2 && first.chars().allMatch(Character::isDigit);
        String where = isRow ? "row " + first + " (counted from 0), " : "";
        return new Problem("/dataset", where + problem.detail());
    }

    /**
     * Reserves what it takes to learn from them.
     *
     * @throws io.twostep.error.ServiceException BUSY or REQUEST_TOO_LARGE
     */
    void reserveTraining(Preparation ready) {
        memory.grow(
                TrainingNeed.of(recipe, ready, Cores.ofThisMachine().count()).work());
    }
}
