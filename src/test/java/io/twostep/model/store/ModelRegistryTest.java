package io.twostep.model.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.model.Evaluations;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.model.NewModel;
import io.twostep.model.TestModels;
import io.twostep.model.UncheckedWeights;
import io.twostep.model.Weights;
import io.twostep.nn.Parameters;
import io.twostep.storage.Blobs;
import io.twostep.storage.DataFolder;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.training.ClassEvaluation;
import io.twostep.training.NumberEvaluation;
import io.twostep.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.ejml.dense.row.MatrixFeatures_FDRM;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("once")
@OnEveryDatabase
class ModelRegistryTest {

    private static final int HASH_BYTES = 32;
    private static final int NUMBERS_CHANGED = 10;
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");

    private final DataSource source;

    @TempDir
    Path folder;

    private Blobs files;
    private ModelRegistry registry;

    ModelRegistryTest(TestDatabase database) {
        source = database.migrated();
    }

    @BeforeEach
    void open() {
        files = new DataFolder(folder).blobs("models");
        registry = new ModelRegistry(
                new JdbcModels(JdbcClient.create(source), Json.mapper()),
                files,
                new TransactionTemplate(new JdbcTransactionManager(source)),
                InstantSource.fixed(NOW));
    }

    @Test
    void knowsTheLatestVersionAtOnce() {
        assertThatThrownBy(() -> registry.latestVersion("penguins")).isInstanceOf(ServiceException.class);
        for (int version = 1; version <= 3; version++) {
            registry.publish(TestModels.trainedBy("job_" + version, "penguins", version), published -> true);
            assertThat(registry.latestVersion("penguins")).isEqualTo(version);
        }
        registry.publish(TestModels.trainedBy("job_4", "penguins", 4), published -> false);
        assertThat(registry.latestVersion("penguins")).isEqualTo(3);
    }

    @Test
    void findsWhatWasPublished() throws IOException {
        NewModel model = TestModels.trainedBy("job_1", "penguins", 1);
        ModelVersion published = published("penguins", 1);

        assertThat(registry.find("penguins", 1)).isEqualTo(published);
        assertThat(published.name()).isEqualTo("penguins");
        assertThat(published.version()).isEqualTo(1);
        assertThat(published.jobId()).isEqualTo("job_1");
        assertThat(published.network()).isEqualTo(model.network());
        assertThat(published.schema()).isEqualTo(model.schema());
        assertThat(published.evaluation()).isEqualTo(model.evaluation());
        assertThat(published.provenance()).isEqualTo(model.provenance());
        assertThat(published.weightsSha256())
                .isEqualTo(Weights.of(model.parameters()).sha256());
        assertThat(published.bytes()).isEqualTo(Files.size(files.path(published.weightsFile())));
        assertThat(published.createdAt()).isEqualTo(NOW);
    }

    @Test
    void keepsCurvesAside() {
        NewModel plain = TestModels.trainedBy("job_1", "penguins", 1);
        Evaluations whole = new Evaluations(TestModels.withCurves(), null, null);
        registry.publish(
                new NewModel(
                        plain.name(),
                        plain.jobId(),
                        plain.network(),
                        plain.schema(),
                        whole,
                        plain.provenance(),
                        plain.parameters()),
                published -> true);

        assertThat(registry.find("penguins", 1).evaluation()).isEqualTo(whole.withoutCurves());
        assertThat(registry.evaluation("penguins", 1)).isEqualTo(whole).isNotEqualTo(whole.withoutCurves());
    }

    @Test
    void readsAnEvaluationOfAnEarlierVersion() {
        published("penguins", 1);
        JdbcClient jdbc = JdbcClient.create(source);
        jdbc.sql("delete from model_evaluation").update();
        jdbc.sql("update model_version set evaluation = :old").param("old", """
                        {"training":{"type":"classification","rows":9,"loss":0.1,"accuracy":0.9,"macro_f1":0.8,"log_loss":0.3},
                        "test":{"type":"regression","rows":4,"loss":0.2,"rmse":2,"mae":1}}""").update();

        Evaluations old = registry.evaluation("penguins", 1);

        assertThat(old).isEqualTo(registry.find("penguins", 1).evaluation());
        assertThat(old.training())
                .isEqualTo(new ClassEvaluation(
                        9, 0.1, 0.9, 0.8, 0.3, null, null, null, null, null, null, null, null, null, null, null));
        assertThat(old.test()).isEqualTo(new NumberEvaluation(4, 0.2, null, 2, 1, null, null, null, null, null, null));
    }

    @Test
    void givesBackTheWeights() {
        ModelVersion published = published("penguins", 1);

        Parameters expected = TestModels.trainedBy("job_1", "penguins", 1).parameters();
        Parameters found = registry.weights(published).toParameters(published.network());
        assertThat(found.layers()).hasSameSizeAs(expected.layers());
        for (int i = 0; i < expected.matrices().size(); i++) {
            assertThat(MatrixFeatures_FDRM.isIdentical(
                            found.matrices().get(i), expected.matrices().get(i), 0))
                    .isTrue();
        }
    }

    @Test
    void sweepsFilesThatNoModelOwns() {
        ModelVersion published = published("penguins", 1);
        files.write("weights_of_nobody", out -> out.write(1));

        registry.sweep();

        assertThat(filesLeft()).isOne();
        assertThat(registry.weights(published).sha256()).isEqualTo(published.weightsSha256());
    }

    @Test
    void countsVersionsUnderEachName() {
        published("penguins", 1);
        published("wine", 1);
        published("penguins", 2);

        assertThat(registry.latest("penguins").version()).isEqualTo(2);
        assertThat(registry.latest("wine").version()).isEqualTo(1);
    }

    @Test
    void publishesNothingWhenTheCallerSaysNo() {
        assertThat(registry.publish(TestModels.trainedBy("job_1", "penguins", 1), model -> false))
                .isEmpty();

        assertThatThrownBy(() -> registry.latest("penguins")).hasMessage("There is no model \"penguins\".");
        assertThat(filesLeft()).isZero();
        assertThat(published("penguins", 1).version()).isEqualTo(1);
    }

    @Test
    void publishesNothingWhenTheCallerFails() {
        assertThatThrownBy(() -> registry.publish(TestModels.trainedBy("job_1", "penguins", 1), model -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");

        assertThatThrownBy(() -> registry.latest("penguins")).isInstanceOf(ServiceException.class);
    }

    @Test
    void numbersConcurrentPublicationsOneByOne() throws Exception {
        int publishers = 12;
        ExecutorService threads = Executors.newFixedThreadPool(publishers);
        try {
            List<Future<ModelVersion>> published = new ArrayList<>();
            for (int i = 0; i < publishers; i++) {
                long seed = i;
                published.add(threads.submit(() -> published("penguins", seed)));
            }
            List<Integer> versions = new ArrayList<>();
            for (Future<ModelVersion> one : published) {
                versions.add(one.get().version());
            }
            assertThat(versions)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, publishers).boxed().toList());
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void listsTheLatestOfEachNameInPages() {
        Stream.of("b", "a", "c", "a").forEach(name -> published(name, 1));

        assertThat(registry.list(null, 2)).extracting(ModelVersion::name).containsExactly("a", "b");
        assertThat(registry.list(null, 2)).extracting(ModelVersion::version).containsExactly(2, 1);
        assertThat(registry.list("b", 2)).extracting(ModelVersion::name).containsExactly("c");
    }

    @Test
    void listsTheVersionsOfANameNewestFirst() {
        Stream.of("a", "b", "a", "a").forEach(name -> published(name, 1));

        assertThat(registry.versions("a", null, 2))
                .extracting(ModelVersion::version)
                .containsExactly(3, 2);
        assertThat(registry.versions("a", 2, 2))
                .extracting(ModelVersion::version)
                .containsExactly(1);
        assertNotFound(() -> registry.versions("none", null, 2), "There is no model \"none\".");
    }

    @Test
    void saysWhatIsNotThere() {
        published("penguins", 1);

        assertNotFound(() -> registry.latest("penguin"), "There is no model \"penguin\".");
        assertNotFound(() -> registry.find("penguins", 2), "There is no version 2 of a model \"penguins\".");
    }

    @Test
    void neverServesADamagedFile() throws IOException {
        ModelVersion published = published("penguins", 1);
        Path file = files.path(published.weightsFile());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 40] ^= 1;
        Files.write(file, bytes);

        assertDamaged(published, "The file of model 'penguins', version 1, is damaged: its checksum does not match.");
    }

    @Test
    void noticesAnyChangedByte() throws IOException {
        assertThat(servedThoughDamaged(registry::weights)).isEmpty();
    }

    /** The test above can fail: here the checksums are not looked at. */
    @Test
    void wouldSeeThatDamagedWeightsAreServed() throws IOException {
        assertThat(servedThoughDamaged(model -> UncheckedWeights.read(files.read(model.weightsFile()))))
                .hasSize(NUMBERS_CHANGED * Float.BYTES);
    }

    /** Which bytes of the last numbers in a file may change so that other numbers are served. */
    private List<Integer> servedThoughDamaged(Function<ModelVersion, Weights> load) throws IOException {
        ModelVersion published = published("penguins", 1);
        Path file = files.path(published.weightsFile());
        byte[] bytes = Files.readAllBytes(file);
        List<Integer> served = new ArrayList<>();
        for (int at = bytes.length - HASH_BYTES - NUMBERS_CHANGED * Float.BYTES; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            Files.write(file, changed);
            try {
                if (!load.apply(published).sha256().equals(published.weightsSha256())) {
                    served.add(at);
                }
            } catch (ServiceException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.MODEL_DAMAGED);
            }
        }
        return served;
    }

    @Test
    void neverServesTheFileOfAnotherModel() throws IOException {
        ModelVersion one = published("penguins", 1);
        ModelVersion other = published("wine", 3);
        Files.copy(files.path(other.weightsFile()), files.path(one.weightsFile()), StandardCopyOption.REPLACE_EXISTING);

        assertDamaged(one, "The file of model 'penguins', version 1, is damaged: it belongs to another model.");
    }

    @Test
    void noticesAMissingFile() throws IOException {
        ModelVersion published = published("penguins", 1);
        Files.delete(files.path(published.weightsFile()));

        assertDamaged(published, "The file of model 'penguins', version 1, is damaged: it is missing.");
    }

    private ModelVersion published(String name, long seed) {
        return registry.publish(TestModels.trainedBy("job_1", name, seed), model -> true)
                .orElseThrow();
    }

    private int filesLeft() {
        String[] names = files.path("none").getParent().toFile().list();
        return names.length;
    }

    private void assertDamaged(ModelVersion model, String message) {
        assertThatThrownBy(() -> registry.weights(model))
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_DAMAGED))
                .hasMessage(message);
    }

    private static void assertNotFound(Runnable query, String message) {
        assertThatThrownBy(query::run)
                .isInstanceOfSatisfying(
                        ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND))
                .hasMessage(message);
    }
}
