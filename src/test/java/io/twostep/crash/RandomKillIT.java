package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.process.ServiceProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service, killed at random instants while four clients write. */
@Tag("crash")
class RandomKillIT {

    @TempDir
    Path folder;

    @Test
    void losesNothingThatItAcknowledged() {
        long seed = Campaign.seed();
        RandomKills kills = new RandomKills(folder, ServiceProcess.packaged(), ServiceProcess.SOON, seed);

        List<String> findings = kills.run(Campaign.size("kills", 2));

        Campaign.report("random kills, seed " + seed, kills.report());
        assertThat(findings).as("seed %d: %s", seed, kills.report()).isEmpty();
    }
}
