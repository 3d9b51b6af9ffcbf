package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochReportTest {

    private static final EpochReport REPORT = new EpochReport(3, 0.5, 0.25, 0.001, 2, 7, 0.875);

    @Test
    void agreesWithWhatWasFoundAtAnotherTime() {
        assertThat(REPORT.agreesWith(REPORT.at(99))).isTrue();
        assertThat(REPORT.agreesWith(new EpochReport(3, 0.5, 0.25, 0.001, 2, 7, 0.75)))
                .isFalse();
        assertThat(REPORT.agreesWith(new EpochReport(3, 0.5, 0.125, 0.001, 2, 7, 0.875)))
                .isFalse();
    }

    /** Histories did not always have it. */
    @Test
    void agreesWithWhatDoesNotKnowTheMetric() {
        assertThat(REPORT.agreesWith(new EpochReport(3, 0.5, 0.25, 0.001, 2, 9)))
                .isTrue();
        assertThat(REPORT.agreesWith(new EpochReport(3, 0.5, null, 0.001, 2, 9)))
                .isFalse();
        assertThat(new EpochReport(3, 0.5, 0.25, 0.001, 2, 9).agreesWith(REPORT))
                .isFalse();
    }
}
