package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.twostep.benchmark.PixelCsv;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.features.Encoding;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.model.ModelRegistry;
import io.twostep.model.NewModel;
import io.twostep.model.Weights;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.observability.Meters;
import io.twostep.storage.DataFolder;
import io.twostep.training.Adam;
import io.twostep.training.EpochReport;
import io.twostep.training.Recipe;
import io.twostep.training.RunState;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import io.twostep.web.Json;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The service with no heap for encoded rows, so that even a small table is trained as one that is larger than it. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {"twostep.samples=false", "twostep.job.examples-on-heap=0B"})
@DirtiesContext
class FileBackedTrainingTest {

    private static final BooleanSupplier NEVER = () -> false;

    private static final Recipe RECIPE = new Recipe(
            PixelCsv.TARGET,
            TargetKind.CLASSIFICATION,
            IntStream.range(0, PixelCsv.PIXELS).mapToObj(i -> "p" + i).toList(),
            UnseenCategory.OTHER,
            Encoding.DEFAULT,
            NetworkSpec.hidden(LayerSpec.Dense.of(16, new Activation.Relu())),
            new SplitShares(0.2, 0.1),
            new TrainingSpec(Adam.of(0.001), 2, 64, Regularizer.NONE, StoppingRule.NONE, 3),
            "fast");

    private static final int ROWS = 1_500;
    private static final int ROW_BYTES = (PixelCsv.PIXELS + 10) * Float.BYTES;

    @TempDir
    static Path folder;

    @Autowired
    private Datasets datasets;

    @Autowired
    private ExampleRooms files;

    @Autowired
    private TrainingRoom memory;

    @Autowired
    private ModelRegistry models;

    @Autowired
    private DataFolder dataFolder;

    private Dataset pixels;

    @DynamicPropertySource
    static void dataFolder(DynamicPropertyRegistry properties) {
        properties.add("twostep.data-dir", folder::toString);
    }

    @BeforeEach
    void upload() {
        pixels = datasets.add("pixels", DatasetFormat.CSV, new PixelCsv(ROWS)).dataset();
    }

    @AfterEach
    void leavesNothingBehind() {
        assertThat(dataFolder.temporary()).isEmptyDirectory();
    }

    @Test
    void makesTheModelThatTheHeapMakes() {
        long[] bytes = {0};
        NewModel fromFiles = trained(run(files, new Follower(NEVER, phase -> {
            if (phase == JobPhase.TRAINING) {
                bytes[0] = bytesOnDisk();
            }
        })));
        NewModel fromHeap = trained(run(heap -> new OnHeap(), new Follower(NEVER, phase -> {})));

        assertThat(bytes[0]).isEqualTo((long) ROWS * ROW_BYTES);
        assertThat(Weights.of(fromFiles.parameters()).sha256())
                .isEqualTo(Weights.of(fromHeap.parameters()).sha256());
        assertThat(fromFiles.evaluation()).isEqualTo(fromHeap.evaluation());
        assertThat(fromFiles.schema()).isEqualTo(fromHeap.schema());
    }

    @Test
    void stopsWhileItReadsTheTable() {
        int[] asked = {0};
        Outcome outcome = run(files, new Follower(() -> ++asked[0] > 100, phase -> {}));

        assertThat(outcome).isInstanceOf(Outcome.Stopped.class);
        assertThat(asked[0]).isEqualTo(101);
    }

    @Test
    void letsGoOfItsFilesWhenItFails() {
        Follower failing = new Follower(NEVER, phase -> {
            if (phase == JobPhase.TRAINING) {
                throw new IllegalStateException("failed");
            }
        });

        assertThatThrownBy(() -> run(files, failing)).hasMessage("failed");
    }

    private Outcome run(ExampleRooms rooms, ProgressListener listener) {
        RunFingerprint fingerprints = new RunFingerprint(Json.mapper(), () -> "test");
        ModelTraining training = new ModelTraining(
                datasets,
                rooms,
                memory,
                new StartParameters(models),
                fingerprints,
                "test",
                new Meters(new SimpleMeterRegistry()));
        JobSubmission submission = new JobSubmission(pixels.id(), pixels.sha256(), null, "pixels", RECIPE);
        return training.run(TrainingJob.queued("job_1", submission, Instant.EPOCH), listener);
    }

    private static NewModel trained(Outcome outcome) {
        return ((Outcome.Trained) outcome).model();
    }

    private long bytesOnDisk() {
        try (Stream<Path> all = Files.walk(dataFolder.temporary())) {
            return all.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class OnHeap implements ExampleRoom {

        @Override
        public Writer open(int rows, int inputs, int outputs) {
            return HEAP.open(rows, inputs, outputs);
        }

        @Override
        public void close() {}
    }

    private record Follower(BooleanSupplier asked, Consumer<JobPhase> told) implements ProgressListener {

        @Override
        public void phase(JobPhase phase) {
            told.accept(phase);
        }

        @Override
        public Optional<RunState> begin(String fingerprint, Checkpoints.Reader reader) {
            return Optional.empty();
        }

        @Override
        public void epochFinished(EpochReport report, int bestEpoch) {}

        @Override
        public boolean cancelled() {
            return asked.getAsBoolean();
        }

        @Override
        public boolean keepsProgress() {
            return false;
        }
    }
}
