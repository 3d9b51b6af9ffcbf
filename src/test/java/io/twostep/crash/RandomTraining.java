package io.twostep.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twostep.job.JobEnding;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.job.TrainingRequest;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.storage.Sha256;
import io.twostep.web.Json;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** Trainings of a second or some, which differ in all that one which is interrupted has to remember. */
final class RandomTraining {

    private static final JsonMapper JSON = Json.mapper();

    private static final List<String> TARGETS = List.of(
            "\"dataset\":\"penguins\",\"target\":\"species\"",
            "\"dataset\":\"penguins\",\"target\":\"species\",\"class_weights\":\"balanced\"",
            "\"dataset\":\"penguins\",\"target\":\"body_mass_g\"",
            "\"dataset\":\"penguins\",\"target\":\"body_mass_g\",\"sample_weight\":\"year\"",
            "\"dataset\":\"vshape\",\"target\":\"label\"");
    private static final List<String> ACTIVATIONS =
            List.of("identity", "relu", "leaky_relu", "sigmoid", "tanh", "softplus", "elu", "gelu", "silu");
    private static final List<String> OPTIMIZERS = List.of(
            "{\"type\":\"sgd\",\"learning_rate\":0.02}",
            "{\"type\":\"momentum\",\"learning_rate\":0.002,\"momentum\":0.9}",
            "{\"type\":\"momentum\",\"learning_rate\":0.002,\"momentum\":0.8,\"nesterov\":true}",
            "{\"type\":\"adam\",\"learning_rate\":0.002}",
            "{\"type\":\"adam\",\"learning_rate\":0.002,\"amsgrad\":true}",
            "{\"type\":\"adamw\",\"learning_rate\":0.002}",
            "{\"type\":\"nadam\",\"learning_rate\":0.002}",
            "{\"type\":\"rmsprop\",\"momentum\":0.5,\"centered\":true}",
            "\"adagrad\"",
            "\"adadelta\"");
    private static final List<String> SCHEDULES = List.of(
            "\"constant\"",
            "{\"type\":\"step\",\"every_epochs\":200}",
            "{\"type\":\"cosine\",\"period_epochs\":100,\"period_growth\":2}",
            "{\"type\":\"warm_up\",\"then\":{\"type\":\"reduce_on_plateau\",\"factor\":0.5}}",
            "\"one_cycle\"");
    private static final List<String> CLIPPINGS =
            List.of("null", "{\"type\":\"norm\",\"most\":0.5}", "{\"type\":\"value\",\"most\":0.1}");
    private static final List<String> REGULARIZATIONS =
            List.of("{}", "{\"l2\":0.001}", "{\"l1\":0.0001}", "{\"l1\":0.0001,\"l2\":0.0001}");
    private static final List<String> STOPS =
            List.of("{}", "{\"patience\":200}", "{\"target_loss\":0.001}", "{\"max_steps\":5001}");
    private static final List<String> SPLITS =
            List.of("{}", "{\"validation\":0}", "{\"test\":0.1,\"by\":{\"type\":\"random\"}}");
    private static final List<String> SCALINGS = List.of("standard", "min_max", "robust", "log");
    private static final List<String> FILLINGS = List.of("median", "mean", "indicator");
    private static final List<String> CATEGORIES = List.of(
            "{\"type\":\"one_hot\"}", "{\"type\":\"hash\",\"buckets\":5}", "{\"type\":\"target_mean\",\"folds\":3}");
    private static final List<Integer> BATCHES = List.of(16, 32, 100, 1000);

    private RandomTraining() {}

    static TrainingRequest request(long seed) {
        return JSON.readValue(json(seed), TrainingRequest.class);
    }

    /** The request as a client would send it. */
    static String json(long seed) {
        Random random = new Random(seed);
        String layers = IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(layer -> "{\"type\":\"dense\",\"units\":%d,\"activation\":{\"type\":\"%s\"}}"
                        .formatted(4 + random.nextInt(60), any(ACTIVATIONS, random)))
                .collect(Collectors.joining(",", "[", "]"));
        return """
                {%s,"network":{"layers":%s},"epochs":%d,"batch_size":%d,"seed":%d,"optimizer":%s,"regularization":%s,\
                "schedule":%s,"clipping":%s,"stop":%s,"split":%s,"encoding":{"numeric":"%s","missing":{"type":"%s"},"category":%s},\
                "arithmetic":"%s","model":"trained"}""".formatted(
                        any(TARGETS, random),
                        layers,
                        500 + random.nextInt(1500),
                        any(BATCHES, random),
                        random.nextInt(1000),
                        any(OPTIMIZERS, random),
                        any(REGULARIZATIONS, random),
                        any(SCHEDULES, random),
                        any(CLIPPINGS, random),
                        any(STOPS, random),
                        any(SPLITS, random),
                        any(SCALINGS, random),
                        any(FILLINGS, random),
                        any(CATEGORIES, random),
                        random.nextBoolean() ? "fast" : "portable");
    }

    /**
     * How a job ended, in how many epochs, and the SHA-256 of its loss history but for the seconds, of its weights and of
     * its metrics.
     */
    static String result(TrainingJob job, TrainingJobs jobs, ModelRegistry models) {
        JobEnding ending = Objects.requireNonNull(job.ending());
        List<String> parts = new ArrayList<>(List.of(
                job.status().name(),
                "epochs=" + job.progress().epoch(),
                "best=" + job.progress().bestEpoch(),
                "history="
                        + sha256(jobs.history(job.id(), 0, Integer.MAX_VALUE).stream()
                                .map(report -> report.at(0).toString())
                                .collect(Collectors.joining("\n"))),
                "stop=" + sha256(ending.stopReason() + new TreeMap<>(ending.stopDetail()))));
        if (ending.modelVersion() != null) {
            ModelVersion model = models.find(job.submission().modelName(), ending.modelVersion());
            parts.add("weights=" + models.weights(model).sha256());
            parts.add("metrics=" + sha256(JSON.writeValueAsString(model.evaluation())));
        }
        return String.join(",", parts);
    }

    private static String sha256(String text) {
        MessageDigest digest = Sha256.digest();
        digest.update(text.getBytes(UTF_8));
        return Sha256.hex(digest);
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
