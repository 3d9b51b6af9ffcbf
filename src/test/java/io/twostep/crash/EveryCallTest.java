package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twostep.crash.CrashMain.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One life of the service without its web, from an empty folder through an upload, a network, a job, its model and a
 * deletion to a clean end, killed after each call that changes a file: every create, write, fsync, rename, truncate and
 * unlink. Each call is held back a little, so that the kill comes before the next one.
 */
@Tag("crash")
class EveryCallTest {

    private static final int MOST_LIVES = 5;

    @TempDir
    Path folder;

    @Test
    void recoversFromAKillAfterEveryCall() {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");
        long seed = Campaign.seed();
        int calls = calls();
        int wanted = Campaign.size("calls", 1);

        List<Integer> chosen = chosen(calls, wanted, seed);
        List<String> findings = chosen.parallelStream()
                .flatMap(call -> killAfter(call).stream())
                .toList();

        Campaign.report(
                "kills at calls, seed " + seed,
                "%d of %d calls of one life; findings: %d".formatted(chosen.size(), calls, findings.size()));
        assertThat(findings).as("seed %d", seed).isEmpty();
    }

    /** The test above can fail: here a network is acknowledged before it is stored, and the kill comes in between. */
    @Test
    void wouldSeeWhatIsAcknowledgedTooEarly() {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");
        List<String> findings = List.of();
        for (int life = 0; life < MOST_LIVES && findings.isEmpty(); life++) { // a busy machine may kill too late
            findings = killAt(
                    EveryCallTest::tellsOfANetwork,
                    HastyMain.class,
                    room("hasty" + life).resolve("data"));
        }

        assertThat(findings).anyMatch(finding -> finding.contains("NETWORK") && finding.endsWith("found null"));
    }

    private static boolean tellsOfANetwork(String line) {
        return line.contains(CrashMain.MARK + CrashMain.ACKNOWLEDGE + " NETWORK");
    }

    /** All of them, or so many of them at random. */
    private static List<Integer> chosen(int calls, int wanted, long seed) {
        return wanted >= calls
                ? IntStream.rangeClosed(1, calls).boxed().toList()
                : new Random(seed)
                        .ints(1, calls + 1)
                        .distinct()
                        .limit(wanted)
                        .boxed()
                        .toList();
    }

    /** How many calls a life has; the next one may have a few more or less. */
    private static int calls() {
        CalmLife calm = CalmLife.usual();
        return (int) calm.lines().stream()
                .filter(line -> isChange(line, calm.data()))
                .count();
    }

    private List<String> killAfter(int call) {
        Path data = room("call" + call).resolve("data");
        AtomicInteger count = new AtomicInteger();
        return killAt(line -> isChange(line, data) && count.incrementAndGet() == call, CrashMain.class, data).stream()
                .map(finding -> "call " + call + ": " + finding)
                .peek(finding -> Campaign.report("a finding", finding))
                .toList();
    }

    /** Kills one life at a line of what strace tells, and compares what the next one finds with what was acknowledged. */
    private static List<String> killAt(Predicate<String> fatal, Class<?> main, Path data) {
        try (Ledger ledger = new Ledger(data.resolveSibling("ledger"))) {
            new LeanService(plan(main, data, ledger, Strace.telling(), Work.LIVE), fatal).awaitEnd();
            LeanService after = new LeanService(plan(CrashMain.class, data, ledger, List.of(), Work.SETTLE));
            List<Ledger.Entry> before = ledger.all();
            List<String> findings = after.awaitReady()
                    ? LeanKills.compare(before, after.has, 1)
                    : List.of("it does not start: " + String.join("\n", after.log));
            after.awaitEnd();
            return after.has.containsKey(CrashMain.DONE) && after.has.containsKey("DATASET vshape")
                    ? findings
                    : List.of("does not settle: " + after.log);
        }
    }

    private static boolean isChange(String line, Path data) {
        return Strace.tellsOfChange(line, data) || Strace.tellsOfCreation(line, data);
    }

    private static LeanService.Plan plan(Class<?> main, Path data, Ledger ledger, List<String> under, Work work) {
        return new LeanService.Plan(under, main.getName(), data, ledger, work, "life", 1);
    }

    private Path room(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
