package io.twostep.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A training whose process is killed at random instants, each of its processes having another number of cores, ends in
 * the very bits of one that nobody disturbed.
 */
@Tag("crash")
class KilledTrainingTest {

    private static final int MOST_KILLS = 10;
    private static final int FEW_KILLS = 2;

    /** A fast machine may be done before it is struck. */
    private static final int MOST_TRIES = 3;

    @TempDir
    Path folder;

    @Test
    void endsInTheBitsOfTheCalmOne() {
        long seed = Campaign.seed();
        Random random = new Random(seed);
        int trainings = Campaign.size("resumes", 1);
        int mostKills = trainings > 1 ? MOST_KILLS : FEW_KILLS;
        List<String> findings = new ArrayList<>();
        int runs = 0;
        int kills = 0;
        int whileRunning = 0;
        int equal = 0;
        for (int i = 0; i < trainings || (whileRunning == 0 && i < MOST_TRIES); i++) {
            runs++;
            long which = random.nextLong();
            String calm = new KilledTraining(folder.resolve("calm" + i), which, random)
                    .run(0)
                    .result();
            KilledTraining killed =
                    new KilledTraining(folder.resolve("killed" + i), which, random).run(1 + random.nextInt(mostKills));
            String result = killed.result();
            kills += killed.kills();
            whileRunning += killed.killsWhileRunning();
            findings.addAll(killed.orphans());
            if (result.equals(calm)) {
                equal++;
            } else {
                findings.add("%s instead of %s after %d kills: %s"
                        .formatted(result, calm, killed.kills(), RandomTraining.json(which)));
            }
        }
        String report = "%d trainings, %d kills, of which %d found the job running; equal hashes: %d of %d"
                .formatted(runs, kills, whileRunning, equal, runs);
        Campaign.report("killed trainings, seed " + seed, report);
        assertThat(findings).as("seed %d: %s", seed, report).isEmpty();
        if (trainings > 1) {
            assertThat(whileRunning).as("seed %d: %s", seed, report).isPositive();
        }
    }
}
