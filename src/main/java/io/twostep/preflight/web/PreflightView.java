package io.twostep.preflight.web;

import io.twostep.job.ColumnLeftOut;
import io.twostep.job.ColumnUse;
import io.twostep.job.JobColumns;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingRoom;
import io.twostep.model.WarmStart;
import io.twostep.preflight.PartRows;
import io.twostep.preflight.Preflight;
import io.twostep.preflight.PreflightWarning;
import io.twostep.training.EpochPace;
import io.twostep.training.Recipe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A preflight on the wire. */
record PreflightView(
        String dataset,
        String datasetSha256,
        @Nullable String network,
        @Nullable WarmStart warmStart,
        String model,
        Recipe recipe,
        @Nullable PartRows rows,
        Preflight.Sample sample,
        @Nullable List<ColumnUse> columns,
        @Nullable Integer columnsNotShown,
        @Nullable List<ColumnLeftOut> columnsLeftOut,
        @Nullable Integer columnsLeftOutNotShown,
        @Nullable Integer inputs,
        long inputsAtMost,
        int outputs,
        @Nullable Long parameterCount,
        long parameterCountAtMost,
        Memory memory,
        @Nullable Long stepsPerEpoch,
        @Nullable Double secondsPerEpoch,
        @Nullable Measured measured,
        List<PreflightWarning> warnings) {

    /** Bytes of the heap. */
    record Memory(long peakBytes, long budgetBytes, long examplesBytes, long examplesOnHeapBytes) {

        static Memory of(TrainingRoom.Forecast forecast) {
            return new Memory(forecast.peak(), forecast.budget(), forecast.examples(), forecast.examplesOnHeap());
        }
    }

    /** What the time of an epoch was found from. */
    record Measured(int steps, int rowsPerStep, double secondsPerStep) {

        static Measured of(EpochPace pace) {
            return new Measured(pace.steps(), pace.rows(), pace.secondsPerStep());
        }
    }

    static PreflightView of(Preflight made) {
        JobSubmission submission = made.submission();
        JobColumns columns = made.columns();
        EpochPace pace = made.time().pace();
        return new PreflightView(
                submission.datasetId(),
                submission.datasetSha256(),
                submission.networkId(),
                submission.warmStart(),
                submission.modelName(),
                submission.recipe(),
                made.rows(),
                made.sample(),
                columns.used(),
                columns.notShown(),
                columns.leftOut(),
                columns.leftOutNotShown(),
                made.size().inputs(),
                made.size().inputsAtMost(),
                made.size().outputs(),
                made.size().parameters(),
                made.size().parametersAtMost(),
                Memory.of(made.memory()),
                made.time().stepsPerEpoch(),
                made.time().secondsPerEpoch(),
                pace == null ? null : Measured.of(pace),
                made.warnings());
    }
}
