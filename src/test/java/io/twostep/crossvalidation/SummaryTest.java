package io.twostep.crossvalidation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.twostep.training.Evaluation;
import io.twostep.training.NumberEvaluation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void isMeanAndStandardDeviationOfTheFolds() {
        Summary summary = Summary.summary(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));

        assertThat(summary.mean()).isEqualTo(5);
        assertThat(summary.standardDeviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-15));
        assertThat(summary.folds()).isEqualTo(8);
    }

    @Test
    void leavesOutWhatAFoldDoesNotHave() {
        Map<String, Summary> summaries = Summary.of(List.of(numbers(1, 0.5), numbers(3, null)));

        assertThat(summaries).containsOnlyKeys("loss", "r2", "rmse", "mae");
        assertThat(summaries.get("rmse")).isEqualTo(new Summary(2, Math.sqrt(2), 2));
        assertThat(summaries.get("r2")).isEqualTo(new Summary(0.5, null, 1));
        assertThat(Summary.of(List.of())).isEmpty();
    }

    private static Evaluation numbers(double rmse, Double r2) {
        return new NumberEvaluation(10, rmse * rmse, r2, rmse, rmse, null, null, null, null, null, null);
    }
}
