package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoresTest {

    private final AtomicLong clock = new AtomicLong();
    private final Cores cores = new Cores(8, clock::get);

    @Test
    void givesOneTrainingAllButItsOwn() {
        cores.beginTraining();
        assertThat(cores.helpers()).isEqualTo(7);
    }

    @Test
    void sharesThemBetweenTrainings() {
        cores.beginTraining();
        cores.beginTraining();
        cores.beginTraining();
        assertThat(cores.helpers()).isEqualTo(1); // 5 left for 3

        cores.endTraining();
        assertThat(cores.helpers()).isEqualTo(3);
    }

    @Test
    void leavesOneToEachRequest() {
        cores.beginTraining();
        cores.beginRequest();
        cores.beginRequest();
        assertThat(cores.helpers()).isEqualTo(5);

        cores.endRequest();
        cores.endRequest();
        assertThat(cores.helpers()).as("another may follow at once").isEqualTo(6);

        clock.addAndGet(10_000_000);
        assertThat(cores.helpers()).isEqualTo(7);
    }

    @Test
    void neverGivesLessThanNothing() {
        for (int i = 0; i < 20; i++) {
            cores.beginRequest();
        }
        cores.beginTraining();
        assertThat(cores.helpers()).isZero();
    }
}
