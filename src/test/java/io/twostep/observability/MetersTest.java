package io.twostep.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);

    @Test
    void showsEachMeterUnderItsPrometheusName() {
        meters.watchJobs(JobsMeter.TRAINING, "queued", () -> 3);
        meters.watchLoadedModels(() -> 2);
        meters.watchDatasetBytes(() -> 1024);
        meters.jobStarted(JobsMeter.TRAINING, Duration.ofSeconds(2));
        meters.jobFinished(JobsMeter.TRAINING, "succeeded", "max_epochs", Duration.ofSeconds(7));
        meters.watchJobs(JobsMeter.SCORING, "running", () -> 1);
        meters.jobStarted(JobsMeter.SCORING, Duration.ofSeconds(1));
        meters.jobFinished(JobsMeter.SCORING, "failed", "error", Duration.ofSeconds(3));
        meters.watchJobs(JobsMeter.SEARCH, "running", () -> 1);
        meters.jobStarted(JobsMeter.SEARCH, Duration.ofSeconds(1));
        meters.jobFinished(JobsMeter.SEARCH, "succeeded", "completed", Duration.ofSeconds(30));
        meters.watchJobs(JobsMeter.CROSS_VALIDATION, "running", () -> 1);
        meters.jobStarted(JobsMeter.CROSS_VALIDATION, Duration.ofSeconds(1));
        meters.jobFinished(JobsMeter.CROSS_VALIDATION, "failed", "error", Duration.ofSeconds(9));
        meters.rowsScored("penguins", 2, 256);
        meters.epochFinished(100);
        meters.epochFinished(100);
        meters.trainingResumed();
        meters.checkpointDrafted(4096, Duration.ofMillis(30));
        meters.checkpointKept(Duration.ofMillis(200));
        meters.predicted("penguins", 2, 5, Duration.ofMillis(3));
        meters.predictionWarnings("penguins", 2, "missing", 3);
        meters.predictionWarnings("penguins", 3, "missing", 1);
        meters.uploadRejected("dataset-empty");
        meters.watchMemory("heap", () -> 30, () -> 100);

        assertThat(samples())
                .contains(
                        "twostep_training_jobs{status=\"queued\"} 3.0",
                        "twostep_models_loaded 2.0",
                        "twostep_datasets_bytes 1024.0",
                        "twostep_training_queue_wait_seconds_sum 2.0",
                        "twostep_training_jobs_finished_total{outcome=\"succeeded\",stop_reason=\"max_epochs\"} 1.0",
                        "twostep_training_job_duration_seconds_sum 7.0",
                        "twostep_scoring_jobs{status=\"running\"} 1.0",
                        "twostep_scoring_queue_wait_seconds_sum 1.0",
                        "twostep_scoring_jobs_finished_total{outcome=\"failed\",stop_reason=\"error\"} 1.0",
                        "twostep_scoring_job_duration_seconds_sum 3.0",
                        "twostep_searches{status=\"running\"} 1.0",
                        "twostep_search_queue_wait_seconds_sum 1.0",
                        "twostep_searches_finished_total{outcome=\"succeeded\",stop_reason=\"completed\"} 1.0",
                        "twostep_search_duration_seconds_sum 30.0",
                        "twostep_cross_validations{status=\"running\"} 1.0",
                        "twostep_cross_validation_duration_seconds_sum 9.0",
                        "twostep_scoring_rows_total{model=\"penguins\",version=\"2\"} 256.0",
                        "twostep_training_epochs_total 2.0",
                        "twostep_training_samples_total 200.0",
                        "twostep_training_resumes_total 1.0",
                        "twostep_training_checkpoint_bytes_sum 4096.0",
                        "twostep_training_checkpoint_blocked_seconds_sum 0.03",
                        "twostep_training_checkpoint_duration_seconds_sum 0.2",
                        "twostep_predictions_total{model=\"penguins\",outcome=\"success\",protocol=\"rest\",version=\"2\"} 1.0",
                        "twostep_prediction_rows_total{model=\"penguins\",version=\"2\"} 5.0",
                        "twostep_prediction_duration_seconds_bucket{model=\"penguins\",version=\"2\",le=\"0.002\"} 0",
                        "twostep_prediction_duration_seconds_bucket{model=\"penguins\",version=\"2\",le=\"0.005\"} 1",
                        "twostep_prediction_batch_rows_sum 5.0",
                        "twostep_prediction_warnings_total{kind=\"missing\",model=\"penguins\"} 4.0",
                        "twostep_uploads_rejected_total{reason=\"dataset-empty\"} 1.0",
                        "twostep_memory_reserved_bytes{memory=\"heap\"} 30.0",
                        "twostep_memory_budget_bytes{memory=\"heap\"} 100.0");
        assertThat(families()).hasSize(MeterName.values().length);
    }

    @Test
    void countsRefusedPredictions() {
        meters.predictionRefused("penguins", 2);

        assertThat(samples())
                .contains(
                        "twostep_predictions_total{model=\"penguins\",outcome=\"refused\",protocol=\"rest\",version=\"2\"} 1.0")
                .noneMatch(sample -> sample.startsWith("twostep_prediction_rows_total"));
    }

    @Test
    void countsModelsBeyondTheBoundTogether() {
        for (int version = 1; version <= Meters.MOST_MODELS + 50; version++) {
            meters.predicted("m", version, 1, Duration.ofMillis(1));
        }
        meters.predicted("m", 1, 1, Duration.ofMillis(1));

        assertThat(samples())
                .contains(
                        "twostep_prediction_rows_total{model=\"other\",version=\"other\"} 50.0",
                        "twostep_prediction_rows_total{model=\"m\",version=\"1\"} 2.0");
        assertThat(samples().stream().filter(sample -> sample.startsWith("twostep_prediction_rows_total")))
                .hasSize(Meters.MOST_MODELS + 1);
    }

    private List<String> samples() {
        return registry.scrape()
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(MetersTest::plain)
                .toList();
    }

    /** Histogram buckets are whole numbers in one format and not in another. */
    private static String plain(String sample) {
        return sample.contains("_bucket{") ? sample.replaceFirst("\\.0$", "") : sample;
    }

    /** The names of the metrics, without the maxima that Micrometer adds to timers. */
    private Stream<String> families() {
        return Pattern.compile("(?m)^# TYPE (\\S+)")
                .matcher(registry.scrape())
                .results()
                .map((MatchResult match) -> match.group(1))
                .filter(name -> !name.endsWith("_max"));
    }
}
