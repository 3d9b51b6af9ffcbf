package io.twostep.job;

import io.twostep.features.Encoding;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.storage.Ids;
import io.twostep.training.Adam;
import io.twostep.training.EpochReport;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.Stop;
import io.twostep.training.StopReason;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Jobs and reports for tests, alike but for what a test cares about. */
public final class TestJobs {

    /** How a training ends that has nothing special about it. */
    public static final Stop ALL_EPOCHS = new Stop(StopReason.MAX_EPOCHS, Map.of("max_epochs", 100.0));

    /** Says something in every place that may be left out. */
    public static final Recipe RECIPE = new Recipe(
            "species",
            TargetKind.CLASSIFICATION,
            List.of("island", "bill_length_mm"),
            UnseenCategory.REJECT,
            Encoding.DEFAULT,
            NetworkSpec.hidden(LayerSpec.Dense.of(16, new Activation.LeakyRelu(0.01))),
            new SplitShares(0.2, 0.1),
            new TrainingSpec(
                    new Adam(0.001, 0.9, 0.999, 1e-8, false),
                    100,
                    16,
                    new Regularizer(0, 0.0001),
                    new StoppingRule(0.01, 0.001, 20, 60.0, null),
                    7),
            "fast");

    /** The condition of a job that can be accepted whatever happens. */
    public static final Consumer<TrainingJob> ALWAYS = job -> {};

    public static final String DATASET = "ds_01K9ZX7B3M4T5V6W7X8Y9Z0A1B";

    private TestJobs() {}

    public static JobSubmission submission(String modelName) {
        return new JobSubmission(DATASET, "ab".repeat(32), "net_1", modelName, RECIPE);
    }

    static JobSubmission submission(String modelName, int priority, @Nullable Instant deadline) {
        return new JobSubmission(
                DATASET, "ab".repeat(32), "net_1", modelName, RECIPE, priority, deadline, null, null, null);
    }

    /** A job that publishes nothing. */
    public static JobSubmission part(String parent) {
        return submission("penguins").partOf(parent, null);
    }

    /** A model that is to be made again. */
    static JobSubmission reproducing(String modelName, int version) {
        return JobSubmission.reproducing(DATASET, "ab".repeat(32), modelName, RECIPE, null, version);
    }

    public static TrainingJob queued(Instant now) {
        return TrainingJob.queued(Ids.next("job"), submission("penguins"), now);
    }

    public static EpochReport report(int epoch, @Nullable Double validationLoss) {
        return new EpochReport(epoch, 1.0 / epoch, validationLoss, 0.001, 2.5, epoch * 0.25);
    }
}
