package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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

    @Test
    void losesNothingThatItAcknowledged() {
        long seed = Campaign.seed();
        LeanKills kills = new LeanKills(folder, CrashMain.class.getName(), seed);

        List<String> findings = kills.run(Campaign.size("lean-kills", 2));

        Campaign.report("random kills without the web, seed " + seed, kills.report());
        assertThat(findings).as("seed %d: %s", seed, kills.report()).isEmpty();
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
