package io.twostep.job;

import io.twostep.TwostepApplication;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.error.ServiceException;
import io.twostep.matrix.Cores;
import io.twostep.memory.MemoryBudget;
import io.twostep.training.EpochReport;
import io.twostep.training.RunState;
import java.io.ByteArrayInputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trainings of all sizes, each beside what it had reserved: the live bytes of the heap, seen as often as it can be
 * collected, must stay below. A campaign, to be run by hand with a small heap; arguments are the first seed and how many
 * follow. Ends with 1 if a training took more than it had.
 */
public final class MemoryTrial {

    private final ConfigurableApplicationContext service;
    private final Datasets datasets;
    private final TrainingPlanner planner;
    private final TrainingWork work;
    private final MemoryBudget heap;
    private final JsonMapper json;

    private MemoryTrial(ConfigurableApplicationContext service) {
        this.service = service;
        this.datasets = service.getBean(Datasets.class);
        this.planner = service.getBean(TrainingPlanner.class);
        this.work = service.getBean(TrainingWork.class);
        this.heap = service.getBean(MemoryBudget.class);
        this.json = service.getBean(JsonMapper.class);
    }

    public static void main(String[] arguments) throws Exception {
        int first = Integer.parseInt(arguments[0]);
        int broken = 0;
        try (ConfigurableApplicationContext service = new SpringApplicationBuilder(TwostepApplication.class)
                .run(
                        "--server.port=0",
                        "--twostep.samples=false",
                        "--logging.level.root=warn",
                        "--twostep.data-dir=" + Files.createTempDirectory("trial"))) {
            MemoryTrial trial = new MemoryTrial(service);
            System.out.printf(Locale.ROOT, "budget of jobs: %d MB%n", trial.heap.mostOfJobs() >> 20);
            for (int seed = first; seed < first + Integer.parseInt(arguments[1]); seed++) {
                broken += trial.isKept(seed) ? 0 : 1;
            }
        }
        System.out.println(broken + " took more than they had");
        System.exit(broken == 0 ? 0 : 1);
    }

    private boolean isKept(int seed) throws InterruptedException {
        Random random = new Random(seed * 7_919_000_003L);
        Dataset dataset = table(random, "t" + seed);
        String request = request(random, dataset);
        JobSubmission submission;
        TrainingNeed need;
        try {
            submission = planner.plan(json.readValue(request, TrainingRequest.class));
            need = TrainingNeed.of(
                    submission.recipe(),
                    dataset,
                    List.of(),
                    Cores.ofThisMachine().count());
            heap.requireFits(need.work());
        } catch (ServiceException e) {
            System.out.println(seed + " refused: " + e.getMessage());
            return true;
        }
        Follower follower = new Follower(heap);
        Live live = new Live();
        live.start();
        Outcome outcome = work.run(TrainingJob.queued("job_" + seed, submission, Instant.EPOCH), follower);
        live.end();
        datasets.delete(dataset.id());
        boolean kept = live.preparing <= follower.reserved && live.training <= follower.kept;
        System.out.printf(
                Locale.ROOT,
                "%d rows=%d columns=%d %s: prepared with %.1f of %.1f MB, trained with %.1f of %.1f MB%s%n",
                seed,
                dataset.rows(),
                dataset.columns().size(),
                outcome.getClass().getSimpleName(),
                live.preparing / 1e6,
                follower.reserved / 1e6,
                live.training / 1e6,
                follower.kept / 1e6,
                kept ? "" : "  MORE THAN IT HAD, of " + need);
        return kept;
    }

    private Dataset table(Random random, String name) {
        int rows = (int) Math.pow(10, 1 + 3.6 * random.nextDouble());
        int numbers = 1 + random.nextInt(40);
        int texts = random.nextInt(4);
        int classes = 2 + random.nextInt(30);
        StringBuilder csv = new StringBuilder(columns("n", numbers) + columns("t", texts) + "class\n");
        int most = (int) Math.min(Integer.MAX_VALUE, 60_000_000L / (9L * numbers + 14L * texts + 3));
        for (int row = 0; row < Math.min(rows, most); row++) {
            for (int i = 0; i < numbers; i++) {
                csv.append(random.nextInt(1_000_000) / 1000.0).append(',');
            }
            for (int i = 0; i < texts; i++) {
                csv.append("text ").append(random.nextInt(i == 0 ? 50 : rows)).append(',');
            }
            csv.append('c').append(row % classes).append('\n');
        }
        return datasets.add(
                        name,
                        DatasetFormat.CSV,
                        new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)))
                .dataset();
    }

    private static String columns(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i + ",").collect(Collectors.joining());
    }

    private static String request(Random random, Dataset dataset) {
        String layers = IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i ->
                        "{\"type\":\"dense\",\"units\":%d}".formatted((int) Math.pow(10, 3.3 * random.nextDouble())))
                .collect(Collectors.joining(","));
        String optimizer = random.nextBoolean() ? "adam" : "sgd";
        return """
                {"dataset":"%s","target":"class","epochs":1,"batch_size":%d,"network":{"layers":[%s]},
                 "optimizer":{"type":"%s","learning_rate":0.0001}%s}""".formatted(
                        dataset.id(),
                        1 << (6 + random.nextInt(7)),
                        layers,
                        optimizer,
                        random.nextBoolean() ? ",\"stop\":{\"patience\":5}" : "");
    }

    /** Notes what is reserved. */
    private static final class Follower implements ProgressListener {

        private final MemoryBudget heap;
        private long reserved;
        private long kept;

        Follower(MemoryBudget heap) {
            this.heap = heap;
        }

        @Override
        public void phase(JobPhase phase) {
            if (phase == JobPhase.PREPROCESSING) {
                reserved = heap.reserved();
            } else if (phase == JobPhase.TRAINING) {
                kept = heap.reserved();
                Live.current.training();
            }
        }

        @Override
        public Optional<RunState> begin(String fingerprint, Checkpoints.Reader reader) {
            return Optional.empty();
        }

        @Override
        public void epochFinished(EpochReport report, int bestEpoch) {}

        @Override
        public boolean cancelled() {
            return false;
        }

        @Override
        public boolean keepsProgress() {
            return false;
        }
    }

    /** Collects the heap over and over, and notes how much is left each time. */
    private static final class Live extends Thread {

        private static Live current = new Live();

        private final long before = left();
        private volatile boolean trains;
        private volatile boolean ends;
        private long preparing;
        private long training;

        Live() {
            current = this;
        }

        void training() {
            trains = true;
        }

        void end() throws InterruptedException {
            ends = true;
            join();
        }

        @Override
        public void run() {
            while (!ends) {
                boolean trained = trains;
                long collections = collections();
                long live = left() - before;
                if (collections() == collections) {
                    continue; // a native call may hold the collector off
                }
                if (trained) {
                    training = Math.max(training, live);
                } else {
                    preparing = Math.max(preparing, live);
                }
            }
        }

        /** What the last collection has left. */
        private static long left() {
            System.gc();
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getCollectionUsage)
                    .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                    .sum();
        }

        private static long collections() {
            return ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .mapToLong(GarbageCollectorMXBean::getCollectionCount)
                    .sum();
        }
    }
}
