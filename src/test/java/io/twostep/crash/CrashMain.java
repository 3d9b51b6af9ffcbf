package io.twostep.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.job.JobEnding;
import io.twostep.job.JobStatus;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.job.TrainingRequest;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.Networks;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.storage.DataFolder;
import io.twostep.web.Json;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service without its web, which starts several times faster: store, queue and training as in production, and four
 * writers inside. It tells on the standard output, line by line, what it finds at its start, what it is about to do and
 * what it has acknowledged; {@link LeanService} listens.
 *
 * <p>Not annotated as a configuration, so that no other test comes upon it.
 */
@EnableAutoConfiguration
@ComponentScan(
        basePackages = {
            "io.twostep.dataset",
            "io.twostep.job",
            "io.twostep.memory",
            "io.twostep.model",
            "io.twostep.network",
            "io.twostep.observability",
            "io.twostep.sample",
            "io.twostep.storage"
        },
        excludeFilters =
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = ".*\\.web\\..*|.*Test|.*Forgetful.*|.*HeldBack.*"))
public class CrashMain {

    static final String ASK = "ask";
    static final String ACKNOWLEDGE = "acknowledge";
    static final String ASK_TO_GO = "ask-to-go";
    static final String GONE = "gone";
    static final String HAS = "has";
    static final String READY = "ready";
    static final String DONE = "done";
    static final String RESULT = "RESULT";
    static final String PROGRESS = "PROGRESS";
    static final String MARK = "@ ";

    private static final TrainingRequest SHORT = Json.mapper()
            .readValue(
                    "{\"dataset\":\"vshape\",\"target\":\"label\",\"network\":\"hidden\",\"epochs\":100}",
                    TrainingRequest.class);

    private static final int WRITERS = 4;
    private static final int MOST_DATASETS = 30;
    private static final int PAGE = 500;

    private final Datasets datasets;
    private final Networks networks;
    private final TrainingJobs jobs;
    private final TrainingDesk desk;
    private final ModelRegistry models;
    private final DataFolder dataFolder;
    /** A planted fault: networks are acknowledged before they are stored. */
    private final boolean hasty = Boolean.getBoolean("crash.hasty");

    private final ConcurrentLinkedQueue<String> alive = new ConcurrentLinkedQueue<>();

    CrashMain(
            Datasets datasets,
            Networks networks,
            TrainingJobs jobs,
            TrainingDesk desk,
            ModelRegistry models,
            DataFolder dataFolder) {
        this.datasets = datasets;
        this.networks = networks;
        this.jobs = jobs;
        this.desk = desk;
        this.models = models;
        this.dataFolder = dataFolder;
    }

    /** What it does when it stands. */
    enum Work {
        /** Four writers work until they are killed. */
        WRITE,
        /** One of each: an upload, a network, a job and its model, a deletion; then it ends. */
        LIVE,
        /** It ends when all jobs have. */
        SETTLE,
        /** One job, which it goes on with if it has one; then it tells the result, and ends. */
        TRAIN
    }

    /** @param run a word that no other run has */
    static List<String> arguments(Path dataFolder, Work work, String run, long seed) {
        return List.of(
                "--twostep.data-dir=" + dataFolder,
                "--crash.work=" + work,
                "--crash.run=" + run,
                "--crash.seed=" + seed);
    }

    /** Takes the {@link #arguments}, and all that the service takes. */
    public static void main(String[] arguments) {
        start(CrashMain.class, arguments);
    }

    /** @param composition this class, or another that imports it and replaces some of its beans */
    static void start(Class<?> composition, String[] arguments) {
        try (var context = new SpringApplicationBuilder(composition)
                .web(WebApplicationType.NONE)
                .properties("logging.level.root=warn", "spring.main.banner-mode=off")
                .run(arguments)) {
            var environment = context.getEnvironment();
            context.getBean(CrashMain.class)
                    .work(
                            environment.getRequiredProperty("crash.work", Work.class),
                            environment.getRequiredProperty("crash.run"),
                            environment.getRequiredProperty("crash.seed", Long.class));
        }
        say(DONE, "-", "-", "-");
        System.exit(0);
    }

    @Bean
    static JsonMapper jsonMapper() {
        return Json.mapper();
    }

    /** Before the workers begin, so that every file belongs to a row. */
    @EventListener(ContextRefreshedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void tellWhatIsThere() {
        int files = 0;
        for (Dataset dataset : allDatasets()) {
            say(HAS, "DATASET", dataset.name(), content(dataset));
            alive.add(dataset.name());
            files++;
        }
        tellOrphans("datasets", files);
        networks.page(null, Integer.MAX_VALUE - 1)
                .forEach(network -> say(HAS, "NETWORK", network.name(), content(network)));
        for (TrainingJob job : jobs.list(null, Integer.MAX_VALUE - 1)) {
            say(HAS, "JOB", job.id(), job.status() + ":" + outcome(job.ending()));
        }
        int versions = 0;
        for (ModelVersion latest : models.list(null, PAGE)) {
            for (ModelVersion version : models.versions(latest.name(), null, Integer.MAX_VALUE - 1)) {
                say(HAS, "MODEL", version.jobId(), models.weights(version).sha256());
                versions++;
            }
        }
        tellOrphans("models", versions);
    }

    private static @Nullable Object outcome(@Nullable JobEnding ending) {
        if (ending == null) {
            return null;
        }
        return ending.error() == null ? ending.modelVersion() : ending.error().code();
    }

    private void work(Work work, String run, long seed) {
        say(READY, "-", "-", "-");
        switch (work) {
            case WRITE ->
                IntStream.range(0, WRITERS)
                        .mapToObj(i ->
                                new Thread(() -> write(run + "-" + i + "-", new Random(seed + i)), "writer-" + i))
                        .peek(Thread::start)
                        .toList()
                        .forEach(CrashMain::join);
            case LIVE -> live(run, new Random(seed));
            case SETTLE -> settle();
            case TRAIN -> train(seed);
        }
    }

    private void live(String run, Random random) {
        upload(run, random);
        define(run, random);
        train();
        settle();
        delete(run);
    }

    private void settle() {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> jobs.list(null, Integer.MAX_VALUE - 1).stream()
                        .allMatch(job -> job.ending() != null || job.status() == JobStatus.CANCELLED));
    }

    private void train(long seed) {
        if (jobs.list(null, 1).isEmpty()) {
            TrainingJob job = desk.submit(RandomTraining.request(seed), "127.0.0.1", TestJobs.ALWAYS);
            say(ACKNOWLEDGE, "JOB", job.id(), "-");
        }
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(5))
                .until(this::theJob, job -> job.ending() != null);
        say(HAS, RESULT, "-", RandomTraining.result(theJob(), jobs, models));
    }

    private TrainingJob theJob() {
        TrainingJob job = jobs.list(null, 1).get(0);
        say(HAS, PROGRESS, "-", job.attempt() + ":" + job.life().deaths());
        return job;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(String prefix, Random random) {
        try {
            for (int i = 0; ; i++) {
                String oldest = alive.size() > MOST_DATASETS ? alive.poll() : null;
                if (oldest != null && !oldest.equals("vshape")) {
                    delete(oldest);
                }
                switch (random.nextInt(4)) {
                    case 0, 1 -> upload(prefix + i, random);
                    case 2 -> define(prefix + i, random);
                    default -> trainIfThereIsRoom();
                }
            }
        } catch (RuntimeException | Error e) {
            say(HAS, "COMPLAINT", prefix, String.valueOf(e).replaceAll("\\s+", "_"));
            throw e;
        }
    }

    private void upload(String name, Random random) {
        String csv = random.ints(2L * (1 + random.nextInt(100)), 0, 1000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",1\n", "a,b\n", ",1\n"));
        say(ASK, "DATASET", name, "" + csv.hashCode());
        datasets.add(name, DatasetFormat.CSV, new ByteArrayInputStream(csv.getBytes(UTF_8)));
        say(ACKNOWLEDGE, "DATASET", name, "" + csv.hashCode());
        alive.add(name);
    }

    private void define(String name, Random random) {
        int units = 1 + random.nextInt(9);
        say(hasty ? ACKNOWLEDGE : ASK, "NETWORK", name, "" + units);
        networks.create(name, NetworkSpec.hidden(LayerSpec.Dense.of(units, new Activation.Relu())));
        say(ACKNOWLEDGE, "NETWORK", name, "" + units);
    }

    private void train() {
        TrainingJob job = desk.submit(SHORT, "127.0.0.1", TestJobs.ALWAYS);
        say(ACKNOWLEDGE, "JOB", job.id(), "-");
    }

    /** Writers are faster than the worker: a full queue is what they are told. */
    private void trainIfThereIsRoom() {
        try {
            train();
        } catch (ServiceException e) {
            if (e.code() != ErrorCode.QUEUE_FULL) {
                throw e;
            }
        }
    }

    private void delete(String name) {
        say(ASK_TO_GO, "DATASET", name, Ledger.UNKNOWN);
        try {
            datasets.delete(name);
        } catch (ServiceException e) {
            if (e.code() == ErrorCode.DATASET_IN_USE) {
                return;
            }
            throw e;
        }
        say(GONE, "DATASET", name, "-");
    }

    private List<Dataset> allDatasets() {
        List<Dataset> all = new ArrayList<>();
        List<Dataset> page = datasets.list(null, PAGE);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = datasets.list(page.get(page.size() - 1).id(), PAGE);
        }
        return all;
    }

    /** Of the samples, that it can be read; of others, what was uploaded. */
    private String content(Dataset dataset) {
        String csv = datasets.rows(dataset, PAGE).stream()
                .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining(",")) + "\n")
                .collect(Collectors.joining("", "a,b\n", ""));
        return "" + csv.hashCode();
    }

    private static String content(NetworkDefinition network) {
        return network.spec().layers().stream()
                .map(layer -> "" + ((LayerSpec.Dense) layer).units())
                .collect(Collectors.joining(","));
    }

    private void tellOrphans(String area, int expected) {
        String[] files = dataFolder.root().resolve(area).toFile().list();
        if (files == null || (files.length != expected && expected > 0)) {
            say(
                    HAS,
                    "COMPLAINT",
                    area,
                    expected + "_rows_but_the_files_" + String.join(",", files == null ? new String[0] : files));
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String what, String kind, String name, String content) {
        System.out.println(MARK + what + " " + kind + " " + name + " " + content);
    }
}
