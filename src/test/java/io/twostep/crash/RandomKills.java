package io.twostep.crash;

import static org.awaitility.Awaitility.await;

import io.twostep.crash.Ledger.Entry;
import io.twostep.crash.Ledger.Kind;
import io.twostep.crash.Ledger.State;
import io.twostep.process.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import tools.jackson.databind.JsonNode;

/**
 * Starts the service, lets four writers work, kills it at a random instant, and compares what the next start shows with
 * what was acknowledged; one kill in five comes while the service starts.
 */
final class RandomKills {

    private static final int WRITERS = 4;
    private static final int LONGEST_MILLIS = 3000;
    private static final int ONE_IN = 5;

    /** Of what was found well before, so many things are looked at again. */
    private static final int OLD_ONES = 40;

    private final Path dataFolder;
    private final List<String> main;
    private final List<String> javaOptions;
    private final Random random;
    private final Ledger ledger;
    private final ConcurrentLinkedQueue<String> findings = new ConcurrentLinkedQueue<>();
    private final List<Duration> startUps = new ArrayList<>();
    private final Set<String> checked = new HashSet<>();
    private long answers;
    private int kills;

    RandomKills(Path folder, List<String> main, List<String> javaOptions, long seed) {
        this.dataFolder = folder.resolve("data");
        this.ledger = new Ledger(folder.resolve("ledger"));
        this.main = main;
        this.javaOptions = javaOptions;
        this.random = new Random(seed);
    }

    /**
     * @param kills how many
     * @return what was lost or only half there; empty if all is well
     */
    List<String> run(int wanted) {
        while (kills < wanted && findings.isEmpty()) {
            if (random.nextInt(ONE_IN) == 0) {
                killOnTheWay();
            } else {
                workAndKill();
            }
        }
        if (findings.isEmpty()) {
            settle();
        }
        ledger.close();
        return List.copyOf(findings);
    }

    /** What happened, in one line. */
    String report() {
        Duration longest = startUps.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        double mean = startUps.stream().mapToLong(Duration::toMillis).average().orElse(0);
        return "%d kills, %d requests answered, acknowledged: %d datasets, %d networks, %d jobs, %d models; start-up %.1f s on average, %.1f s at most; findings: %d"
                .formatted(
                        kills,
                        answers,
                        ledger.all(Kind.DATASET, State.ACKNOWLEDGED).size()
                                + ledger.all(Kind.DATASET, State.GONE).size(),
                        ledger.all(Kind.NETWORK, State.ACKNOWLEDGED).size(),
                        ledger.all(Kind.JOB, State.ACKNOWLEDGED).size(),
                        ledger.all(Kind.MODEL, State.ACKNOWLEDGED).size(),
                        mean / 1000,
                        longest.toMillis() / 1000.0,
                        findings.size());
    }

    private void killOnTheWay() {
        ServiceProcess service = ServiceProcess.launch(dataFolder, List.of(), javaOptions, main);
        long usual = startUps.isEmpty()
                ? LONGEST_MILLIS
                : startUps.get(startUps.size() - 1).toMillis();
        Threads.pause(random.nextLong(Math.max(1, usual)));
        kill(service);
    }

    private void workAndKill() {
        ServiceProcess service = started();
        Caller caller = new Caller(service.port());
        check(caller, entry -> checked.add(entry.toString()) || random.nextInt(1 + checked.size() / OLD_ONES) == 0);
        List<Writer> writers = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            Writer writer = new Writer(new Caller(service.port()), ledger, random.nextLong(), findings);
            writers.add(writer);
            Thread thread = new Thread(writer, "writer-" + i);
            thread.start();
            threads.add(thread);
        }
        Threads.pause(random.nextInt(LONGEST_MILLIS));
        kill(service);
        writers.forEach(Writer::stop);
        threads.forEach(Threads::join);
        answers += writers.stream().mapToLong(Writer::answers).sum();
    }

    /** After the last kill all jobs come to their end, everything is there, and no file is left that nobody owns. */
    private void settle() {
        ServiceProcess service = started();
        Caller caller = new Caller(service.port());
        int datasets;
        int versions;
        try {
            await().atMost(Duration.ofMinutes(5))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> isIdle(caller));
            check(caller, entry -> true);
            datasets = all(caller, "/datasets").size();
            versions = versions(caller);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            service.close();
        }
        findings.addAll(Checks.orphans(dataFolder, datasets, versions));
    }

    private ServiceProcess started() {
        long begin = System.nanoTime();
        ServiceProcess service = ServiceProcess.launch(dataFolder, List.of(), javaOptions, main);
        service.awaitReady();
        startUps.add(Duration.ofNanos(System.nanoTime() - begin));
        return service;
    }

    private void kill(ServiceProcess service) {
        service.kill();
        kills++;
    }

    private void check(Caller caller, java.util.function.Predicate<Entry> wanted) {
        findings.addAll(new Checks(caller, ledger).findings(wanted));
    }

    private boolean isIdle(Caller caller) throws IOException {
        for (Entry job : ledger.all(Kind.JOB, State.ACKNOWLEDGED)) {
            JsonNode found = caller.get("/training-jobs/" + job.name()).json();
            if (Set.of("queued", "running").contains(found.path("status").asString(""))) {
                return false;
            }
        }
        return caller.get("/training-jobs?limit=1")
                .json()
                .at("/items/0/status")
                .asString("")
                .matches("|succeeded");
    }

    private static int versions(Caller caller) throws IOException {
        int versions = 0;
        for (JsonNode model : all(caller, "/models")) {
            versions += model.get("version").asInt();
        }
        return versions;
    }

    private static List<JsonNode> all(Caller caller, String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = caller.get(path + "?limit=500" + after).json();
            page.get("items").forEach(items::add);
            after = page.get("next").isNull()
                    ? ""
                    : "&after=" + page.get("next").asString();
        } while (!after.isEmpty());
        return items;
    }
}
