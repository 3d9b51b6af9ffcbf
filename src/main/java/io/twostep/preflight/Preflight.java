package io.twostep.preflight;

import io.twostep.job.JobColumns;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingRoom;
import io.twostep.training.EpochPace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a training before anybody queues it.
 *
 * @param submission the job that it would be
 * @param rows of each part; null where nothing tells
 * @param sample which rows were looked at
 * @param columns what became of them; those to learn from are null where that failed
 * @param size of the network
 * @param memory that the training takes
 * @param time that it takes
 */
public record Preflight(
        JobSubmission submission,
        @Nullable PartRows rows,
        Sample sample,
        JobColumns columns,
        Size size,
        TrainingRoom.Forecast memory,
        Time time,
        List<PreflightWarning> warnings) {

    public Preflight {
        warnings = List.copyOf(warnings);
    }

    /**
     * The rows that were looked at.
     *
     * @param whole whether they are all rows of the dataset
     */
    public record Sample(int rows, boolean whole) {}

    /**
     * The size of the network.
     *
     * @param inputs that the rows make that were looked at; null if they make none
     * @param inputsAtMost that any rows of the dataset can make, as far as its columns tell
     * @param parameters with the inputs, likewise
     */
    public record Size(
            @Nullable Integer inputs,
            long inputsAtMost,
            int outputs,
            @Nullable Long parameters,
            long parametersAtMost) {}

    /**
     * Time.
     *
     * @param stepsPerEpoch null where nothing tells how many rows are learned from
     * @param secondsPerEpoch null where it was not measured
     * @param pace what was measured; likewise
     */
    public record Time(
            @Nullable Long stepsPerEpoch,
            @Nullable Double secondsPerEpoch,
            @Nullable EpochPace pace) {}
}
