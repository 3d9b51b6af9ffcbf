package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private static final int STEPS = 100_000;

    private long now;
    private int helped;
    private final Pace pace = new Pace(() -> now);

    @Test
    void keepsHelpThatPays() {
        assertThat(shareWithHelp(1_000_000, 600_000)).isGreaterThan(0.9);
    }

    @Test
    void doesWithoutHelpThatDoesNot() {
        assertThat(shareWithHelp(600_000, 1_000_000)).isLessThan(0.1);
    }

    @Test
    void findsOutAgainWhenThingsChange() {
        shareWithHelp(600_000, 1_000_000);
        assertThat(shareWithHelp(1_000_000, 600_000)).isGreaterThan(0.9);
        assertThat(shareWithHelp(600_000, 1_000_000)).isLessThan(0.1);
    }

    @Test
    void triesSeldomWhereStepsAreLong() {
        assertThat(shareWithHelp(2_000_000_000, 1_000_000_000)).isGreaterThan(0.95);
    }

    @Test
    void countsNoPause() {
        for (int i = 0; i < STEPS; i++) {
            now += 600_000;
            pace.step();
            if (!pace.helped()) {
                now += 50_000_000; // an epoch ends: not the fault of who works now
                pace.pause();
            }
        }
        now += 1_000_000_000;
        pace.pause();
        assertThat(shareWithHelp(1_000_000, 600_000)).isGreaterThan(0.9);
    }

    @Test
    void isNotMisledByABadMoment() {
        for (int i = 0; i < STEPS; i++) {
            boolean disturbed = i % 20 < 12; // another program, more often than not
            now += pace.helped() ? (disturbed ? 1_500_000 : 600_000) : 1_000_000;
            helped += pace.helped() ? 1 : 0;
            pace.step();
        }
        assertThat((double) helped / STEPS).isGreaterThan(0.85);
    }

    /** Of many steps that last so long without and with help, the share that is made with it. */
    private double shareWithHelp(long alone, long withHelp) {
        helped = 0;
        for (int i = 0; i < STEPS; i++) {
            helped += pace.helped() ? 1 : 0;
            now += pace.helped() ? withHelp : alone;
            pace.step();
        }
        return (double) helped / STEPS;
    }
}
