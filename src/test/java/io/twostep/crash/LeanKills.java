package io.twostep.crash;

import io.twostep.crash.CrashMain.Work;
import io.twostep.crash.Ledger.Entry;
import io.twostep.crash.Ledger.Kind;
import io.twostep.crash.Ledger.State;
import io.twostep.job.JobLife;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Kills {@link CrashMain} at random instants, one time in five while it starts, and compares what the next start finds
 * with what was acknowledged.
 */
final class LeanKills {

    private static final int LONGEST_MILLIS = 3000;
    private static final int ONE_IN = 5;
    private static final String GIVEN_UP = "FAILED:worker-crashed";

    /** A job gets further in a short life, so that few are given up for their deaths. */
    private static final List<String> OFTEN = List.of("-Dtwostep.job.checkpoint-interval=1ms");

    private final Path dataFolder;
    private final String main;
    private final Random random;
    private final Ledger ledger;
    private final List<Long> startUps = new ArrayList<>();
    private int kills;

    /** @param main the class to run */
    LeanKills(Path folder, String main, long seed) {
        this.dataFolder = folder.resolve("data");
        this.ledger = new Ledger(folder.resolve("ledger"));
        this.main = main;
        this.random = new Random(seed);
    }

    /** What was lost, or only half there, when the service had been killed so many times; empty if all is well. */
    List<String> run(int wanted) {
        List<String> findings = List.of();
        while (kills < wanted && findings.isEmpty()) {
            LeanService service = started(Work.WRITE);
            if (random.nextInt(ONE_IN) == 0) {
                Threads.pause(random.nextLong(startUps.isEmpty() ? LONGEST_MILLIS : startUps.get(startUps.size() - 1)));
            } else {
                findings = findings(service);
                Threads.pause(random.nextInt(LONGEST_MILLIS));
            }
            service.kill();
            kills++;
            findings = findings.isEmpty() ? complaints(service.has) : findings;
        }
        if (findings.isEmpty()) {
            LeanService last = started(Work.SETTLE);
            findings = findings(last);
            last.awaitEnd();
            findings = last.has.containsKey(CrashMain.DONE) ? findings : List.of("jobs do not end: " + last.log);
        }
        ledger.close();
        return findings;
    }

    String report() {
        return "%d kills; acknowledged: %d datasets, of which %d deleted, %d networks, %d jobs; start-up %.1f s on average, %.1f s at most"
                .formatted(
                        kills,
                        ledger.all(Kind.DATASET, State.ACKNOWLEDGED).size()
                                + ledger.all(Kind.DATASET, State.GONE).size(),
                        ledger.all(Kind.DATASET, State.GONE).size(),
                        ledger.all(Kind.NETWORK, State.ACKNOWLEDGED).size(),
                        ledger.all(Kind.JOB, State.ACKNOWLEDGED).size(),
                        startUps.stream().mapToLong(millis -> millis).average().orElse(0) / 1000,
                        startUps.stream().mapToLong(millis -> millis).max().orElse(0) / 1000.0);
    }

    private LeanService started(Work work) {
        return new LeanService(new LeanService.Plan(
                List.of(), OFTEN, main, dataFolder, ledger, work, "run" + kills, random.nextLong()));
    }

    private List<String> findings(LeanService service) {
        long begin = System.nanoTime();
        List<Entry> before = ledger.all();
        if (!service.awaitReady()) {
            return List.of("it does not start: " + String.join("\n", service.log));
        }
        startUps.add(Math.max(1, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
        return compare(before, service.has, kills);
    }

    /**
     * What was lost, or only half there.
     *
     * @param ledger what was acknowledged before
     * @param has what is there
     * @param deaths how often the service was killed: one job at a time may be given up for having been there too often
     */
    static List<String> compare(List<Entry> ledger, Map<String, String> has, int deaths) {
        List<String> findings = new ArrayList<>();
        for (Entry entry : ledger) {
            String found = has.get(entry.kind() + " " + entry.name());
            boolean isThere =
                    entry.kind() == Kind.JOB ? isWell(entry, found, has) : Objects.equals(entry.content(), found);
            boolean isRight = switch (entry.state()) {
                case ACKNOWLEDGED -> isThere;
                case ASKED_FOR -> isThere || found == null;
                case ASKED_TO_GO -> isThere || found == null || entry.content().equals(Ledger.UNKNOWN);
                case GONE -> found == null;
            };
            if (!isRight) {
                findings.add(entry + " but found " + found);
            }
        }
        long givenUp = has.values().stream().filter(GIVEN_UP::equals).count();
        if (givenUp > deaths / JobLife.MOST_DEATHS) {
            findings.add("%d jobs are given up for %d deaths".formatted(givenUp, deaths));
        }
        findings.addAll(complaints(has));
        return findings;
    }

    private static List<String> complaints(Map<String, String> has) {
        return has.entrySet().stream()
                .filter(told -> told.getKey().startsWith("COMPLAINT"))
                .map(Object::toString)
                .toList();
    }

    /** A job that has succeeded has its model, whose weights were read. */
    private static boolean isWell(Entry job, String found, Map<String, String> has) {
        return found != null
                && (!found.startsWith("FAILED") || found.equals(GIVEN_UP))
                && found.startsWith("SUCCEEDED") == has.containsKey(Kind.MODEL + " " + job.name());
    }
}
