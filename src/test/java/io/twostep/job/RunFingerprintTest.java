package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.web.Json;
import org.junit.jupiter.api.Test;

class RunFingerprintTest {

    private final RunFingerprint fingerprint = new RunFingerprint(Json.mapper(), () -> "this");

    @Test
    void isTheSameForTheSameTraining() {
        assertThat(fingerprint.of(TestJobs.submission("penguins")))
                .isEqualTo(fingerprint.of(TestJobs.submission("penguins")));
    }

    @Test
    void differsWithWhatIsAskedForAndWithTheCode() {
        String first = fingerprint.of(TestJobs.submission("penguins"));

        assertThat(fingerprint.of(TestJobs.submission("others"))).isNotEqualTo(first);
        assertThat(new RunFingerprint(Json.mapper(), () -> "that").of(TestJobs.submission("penguins")))
                .isNotEqualTo(first);
    }

    @Test
    void readsTheCodeThatTrains() {
        assertThat(TrainingCode.sha256()).matches("[0-9a-f]{64}").isEqualTo(TrainingCode.sha256());
    }
}
