package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.TableMemory;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.matrix.Cores;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The memory of trainings: known before they are accepted, and reserved before they begin. */
public final class TrainingRoom {

    private final Function<String, Optional<Dataset>> datasets;
    private final MemoryBudget heap;
    private final TableMemory tables;
    private final long mostForExamples;

    /**
     * @param datasets finds by id
     * @param mostForExamples bytes of the heap that the encoded rows of one job may fill
     */
    TrainingRoom(
            Function<String, Optional<Dataset>> datasets, MemoryBudget heap, TableMemory tables, long mostForExamples) {
        this.datasets = datasets;
        this.heap = heap;
        this.tables = tables;
        this.mostForExamples = mostForExamples;
    }

    /**
     * What one training has reserved.
     *
     * @param work bytes of it for everything but the encoded rows
     * @param forExamples bytes of it that its encoded rows may fill
     */
    record Reserved(Reservation heap, long work, long forExamples) implements AutoCloseable {

        /** Gives back what is not needed, now that the columns are known. */
        void prepared(Recipe recipe, Preparation prepared) {
            TrainingNeed left = TrainingNeed.of(recipe, prepared, threads());
            heap.shrink(Math.max(0, work - left.work()) + Math.max(0, forExamples - left.examples()));
        }

        @Override
        public void close() {
            heap.close();
        }
    }

    /**
     * What a training takes of the heap at its most.
     *
     * @param peak bytes
     * @param budget bytes that all jobs may take together
     * @param examples bytes of the encoded rows
     * @param examplesOnHeap of these, what stays on the heap, and so is part of the peak; the others go to a file
     */
    public record Forecast(long peak, long budget, long examples, long examplesOnHeap) {}

    /** What a training will reserve when it begins, if it is alone. */
    public Forecast forecast(JobSubmission submission, Dataset dataset) {
        TrainingNeed need = need(submission, dataset);
        long onHeap = forExamples(need);
        return new Forecast(need.work() + onHeap, heap.mostOfJobs(), need.examples(), onHeap);
    }

    private long forExamples(TrainingNeed need) {
        long left = Math.max(0, heap.mostOfJobs() - need.work());
        return Math.min(need.examples(), Math.min(mostForExamples, left));
    }

    /**
     * Makes sure that a training can be run at all; what has become of its datasets is not looked at.
     *
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     */
    void requireFits(JobSubmission submission) {
        Optional<Dataset> dataset = datasets.apply(submission.datasetId());
        if (dataset.isPresent()) {
            heap.requireFits(need(submission, dataset.get()).work());
            tables.requireFits(openTables(submission));
        }
    }

    /**
     * Reserves what a training needs, which waits until there is so much. The encoded rows get what the heap has left for
     * them, up to their own bound.
     *
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     * @throws java.util.concurrent.CancellationException if the listener says so
     */
    Reserved reserve(JobSubmission submission, ProgressListener listener) {
        Dataset dataset = datasets.apply(submission.datasetId())
                .orElseThrow(() -> new ServiceException(ErrorCode.REFERENCE_NOT_FOUND, "The dataset has gone."));
        TrainingNeed need = need(submission, dataset);
        long forExamples = forExamples(need);
        Waiting waiting = new Waiting(listener);
        Reservation reserved = heap.await(need.work() + forExamples, listener::cancelled, waiting::begin);
        waiting.end();
        return new Reserved(reserved, need.work(), forExamples);
    }

    /** Reserves what it takes to read the tables of a training; whoever waits for it holds no other tables. */
    Reservation reserveTables(JobSubmission submission, ProgressListener listener) {
        Waiting waiting = new Waiting(listener);
        Reservation reserved = tables.await(openTables(submission), listener::cancelled, waiting::begin);
        waiting.end();
        return reserved;
    }

    private TrainingNeed need(JobSubmission submission, Dataset dataset) {
        List<Dataset> others =
                others(submission).flatMap(id -> datasets.apply(id).stream()).toList();
        return TrainingNeed.of(submission.recipe(), dataset, others, threads());
    }

    private static int threads() {
        return Cores.ofThisMachine().count();
    }

    /** All tables of a training are open at the same time. */
    private static int openTables(JobSubmission submission) {
        return 1 + (int) others(submission).count();
    }

    private static Stream<String> others(JobSubmission submission) {
        SplitShares split = submission.recipe().split();
        return Stream.of(Optional.ofNullable(split.validationDataset()), Optional.ofNullable(split.testDataset()))
                .flatMap(Optional::stream);
    }

    /** Tells of a job what keeps it waiting, as long as it does. */
    private static final class Waiting {

        private final ProgressListener listener;
        private boolean told;

        private Waiting(ProgressListener listener) {
            this.listener = listener;
        }

        private void begin() {
            told = true;
            listener.phase(JobPhase.AWAITING_MEMORY);
        }

        private void end() {
            if (told) {
                listener.phase(JobPhase.LOADING);
            }
        }
    }
}
