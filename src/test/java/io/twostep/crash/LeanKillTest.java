package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service without its web, killed at random instants. */
@Tag("crash")
class LeanKillTest {

    @TempDir
    Path folder;

    /** A folder of its own for so many: what each start compares grows with what was acknowledged before. */
    private static final int KILLS_OF_ONE_FOLDER = 50;

    @Test
    void losesNothingThatItAcknowledged() throws IOException {
        long seed = Campaign.seed();
        int wanted = Campaign.size("lean-kills", 2);
        for (int done = 0; done < wanted; done += KILLS_OF_ONE_FOLDER) {
            LeanKills kills = new LeanKills(
                    Files.createDirectory(folder.resolve("after" + done)), CrashMain.class.getName(), seed + done);

            List<String> findings = kills.run(Math.min(KILLS_OF_ONE_FOLDER, wanted - done));

            Campaign.report("random kills without the web, seed " + seed + ", after " + done, kills.report());
            assertThat(findings)
                    .as("seed %d, after %d: %s", seed, done, kills.report())
                    .isEmpty();
        }
    }

    /** The harness can fail: faults that are planted come out within some kills. */
    @ParameterizedTest
    @ValueSource(strings = {"io.twostep.crash.HoldingBackMain", "io.twostep.crash.HastyMain"})
    void wouldFind(String faulty) {
        assumeTrue(Campaign.size("faults", 0) > 0, "part of -Pcampaigns");
        LeanKills kills = new LeanKills(folder, faulty, Campaign.seed());

        List<String> findings = kills.run(Campaign.size("faults", 0));

        Campaign.report(faulty, kills.report() + "; found: " + findings);
        assertThat(findings).as(kills.report()).isNotEmpty();
    }
}
