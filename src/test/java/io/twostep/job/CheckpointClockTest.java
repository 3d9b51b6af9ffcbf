package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CheckpointClockTest {

    private static final boolean BETWEEN_EPOCHS = true;
    private static final boolean WITHIN = false;

    private final CheckpointClock clock = new CheckpointClock(Duration.ofSeconds(30), seconds(100));

    @Test
    void waitsForTheEndOfAnEpochButNotForEver() {
        assertThat(clock.isDue(BETWEEN_EPOCHS, seconds(129))).isFalse();
        assertThat(clock.isDue(BETWEEN_EPOCHS, seconds(130))).isTrue();
        assertThat(clock.isDue(WITHIN, seconds(130))).isFalse();
        assertThat(clock.isDue(WITHIN, seconds(155))).isTrue();
    }

    @Test
    void beginsAnewWithEveryCheckpoint() {
        clock.written(seconds(135));

        assertThat(clock.isDue(BETWEEN_EPOCHS, seconds(164))).isFalse();
        assertThat(clock.isDue(BETWEEN_EPOCHS, seconds(165))).isTrue();
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
