package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.Datasets;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingNeed;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.training.Recipe;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes samples ready for work that somebody waits for: one at a time, in memory that is reserved. */
final class RowSamples {

    private static final long PATIENCE_SECONDS = 2;

    private final Datasets datasets;
    private final MemoryBudget heap;
    private final Semaphore working = new Semaphore(1, true);

    RowSamples(Datasets datasets, MemoryBudget heap) {
        this.datasets = datasets;
        this.heap = heap;
    }

    /** The dataset that a job would learn from; it may have gone since the job was planned. */
    Dataset dataset(JobSubmission submission) {
        return datasets.lookUp(submission.datasetId())
                .orElseThrow(() -> new ServiceException(ErrorCode.REFERENCE_NOT_FOUND, "The dataset has gone."));
    }

    /** The dataset of that id, of which a recipe tells. */
    Dataset dataset(String id) {
        return datasets.find(id);
    }

    /**
     * Does something with rows of the dataset that a job would learn from.
     *
     * @throws ServiceException {@link ErrorCode#BUSY}, {@link ErrorCode#REQUEST_TOO_LARGE}, or what reading throws
     */
    <T> T during(JobSubmission submission, Dataset dataset, Function<PreparedSample, T> work) {
        if (!entered()) {
            throw new ServiceException(ErrorCode.BUSY, "Another training is being tried; ask again in a moment.");
        }
        try {
            return prepared(submission, dataset, work);
        } finally {
            working.release();
        }
    }

    private boolean entered() {
        try {
            return working.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T prepared(JobSubmission submission, Dataset dataset, Function<PreparedSample, T> work) {
        Recipe recipe = submission.recipe();
        List<String> columns = columns(recipe);
        int rows = SampleSize.of(dataset, recipe, columns.size());
        TrainingNeed need = TrainingNeed.ofPreparing(recipe, SampleSize.shrunk(dataset, rows));
        Reservation memory = heap.reserve(need.work() + need.examples());
        return memory.during(() -> {
            RowSample sample = datasets.reserve().during(() -> RowSample.read(datasets, dataset, columns, rows));
            return work.apply(PreparedSample.of(submission, dataset, sample, memory));
        });
    }

    /** All that making ready asks for. */
    private static List<String> columns(Recipe recipe) {
        return Stream.of(
                        recipe.features().stream(),
                        recipe.targetColumns().names().stream(),
                        Stream.ofNullable(recipe.sampleWeight()),
                        recipe.split().by().names().stream())
                .flatMap(names -> names)
                .distinct()
                .toList();
    }
}
