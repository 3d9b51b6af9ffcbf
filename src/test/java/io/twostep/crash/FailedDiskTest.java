package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twostep.crash.CrashMain.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that from some moment on answers each fsync with an error: the process ends, and the next one has it all. */
@Tag("crash")
class FailedDiskTest {

    /** Each thread counts its own calls. */
    private static final int MOST_CALLS_BEFORE = 20;

    @TempDir
    Path folder;

    @Test
    void endsTheProcessAndLosesNothing() throws IOException {
        assumeTrue(Strace.isThere(), "strace is not installed, or may not trace here");
        long seed = Campaign.seed();
        Random random = new Random(seed);
        int runs = Campaign.size("failures", 1);
        List<String> findings = new ArrayList<>();
        int ended = 0;
        for (int run = 0; run < runs; run++) {
            int before = runs == 1 ? MOST_CALLS_BEFORE / 2 : random.nextInt(MOST_CALLS_BEFORE);
            Path data = Files.createDirectories(folder.resolve("run" + run)).resolve("data");
            ended += failAfter(before, data, findings) ? 1 : 0;
        }
        String report = "%d lives, %d ended by a failed fsync".formatted(runs, ended);
        Campaign.report("failing disks, seed " + seed, report);
        assertThat(findings).as("seed %d", seed).isEmpty();
        assertThat(ended).as(report).isPositive();
    }

    /** Whether the life came to a call that failed. */
    private static boolean failAfter(int before, Path data, List<String> findings) {
        try (Ledger ledger = new Ledger(data.resolveSibling("ledger"))) {
            LeanService failing = new LeanService(
                    plan(data, ledger, Strace.failing("fsync,fdatasync", "EIO", before + 1), Work.LIVE));
            int code = failing.awaitEnd();
            boolean lived = failing.has.containsKey(CrashMain.DONE);
            if ((code == 0) != lived) {
                findings.add("after %d calls: exit code %d, %s".formatted(before, code, failing.log));
            }
            List<Ledger.Entry> entries = ledger.all();
            LeanService after = new LeanService(plan(data, ledger, List.of(), Work.SETTLE));
            findings.addAll(
                    after.awaitReady()
                            ? LeanKills.compare(entries, after.has, 1)
                            : List.of("after %d calls it does not start: %s".formatted(before, after.log)));
            after.awaitEnd();
            return code == 74 && failing.log.stream().anyMatch(line -> line.contains("The disk does not keep"));
        }
    }

    private static LeanService.Plan plan(Path data, Ledger ledger, List<String> under, Work work) {
        return new LeanService.Plan(under, CrashMain.class.getName(), data, ledger, work, "life", 1);
    }
}
