package io.twostep.job;

import static io.twostep.job.JobStatus.CANCELLED;
import static io.twostep.job.JobStatus.FAILED;
import static io.twostep.job.JobStatus.RUNNING;
import static io.twostep.job.JobStatus.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingJobTest {

    private static final Instant EARLY = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant LATE = Instant.parse("2026-03-01T11:00:00Z");

    private static final Map<String, UnaryOperator<TrainingJob>> DEEDS = Map.ofEntries(
            Map.entry("start", job -> job.started(LATE)),
            Map.entry("requeue", job -> job.requeued(LATE)),
            Map.entry("bereave", job -> job.bereaved(LATE)),
            Map.entry("request pause", job -> job.pauseRequested(LATE)),
            Map.entry("pause", job -> job.paused(LATE)),
            Map.entry("resume", job -> job.resumed(LATE)),
            Map.entry("request cancel", job -> job.cancelRequested(LATE)),
            Map.entry("cancel", job -> job.cancelled(LATE)),
            Map.entry("succeed", job -> job.succeeded(LATE, TestJobs.ALL_EPOCHS, 3)),
            Map.entry("fail", job -> job.failed(LATE, null, new JobError("internal", "it broke"))),
            Map.entry("expire", job -> job.expired(LATE)));

    /** Every deed in every state: the state that follows, or - if the state forbids it. */
    static Stream<Arguments> table() {
        String table = """
                deed            queued     running     pausing     paused     cancelling  succeeded  failed  cancelled
                start           running    -           -           -          -           -          -       -
                requeue         -          queued      -           -          -           -          -       -
                bereave         -          queued      -           -          -           -          -       -
                request_pause   paused     pausing     pausing     paused     -           -          -       -
                pause           -          -           paused      -          -           -          -       -
                resume          queued     running     -           queued     -           -          -       -
                request_cancel  cancelled  cancelling  cancelling  cancelled  cancelling  -          -       cancelled
                cancel          -          -           -           -          cancelled   -          -       -
                succeed         -          succeeded   -           -          -           -          -       -
                fail            -          failed      -           -          -           -          -       -
                expire          failed     failed      -           -          -           -          -       -
                """;
        String[][] cells = table.lines().map(line -> line.trim().split(" +")).toArray(String[][]::new);
        return Stream.of(cells)
                .skip(1)
                .flatMap(row -> Stream.iterate(1, column -> column + 1)
                        .limit(JobStatus.values().length)
                        .map(column -> Arguments.of(
                                row[0].replace('_', ' '), JobStatus.of(cells[0][column]), expected(row[column]))));
    }

    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("table")
    void guardsEveryTransition(String deed, JobStatus from, @Nullable JobStatus to) {
        TrainingJob job = in(from);
        UnaryOperator<TrainingJob> transition = DEEDS.get(deed);

        if (to == null) {
            assertThatThrownBy(() -> transition.apply(job))
                    .isInstanceOfSatisfying(
                            ServiceException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATE_CONFLICT))
                    .hasMessageContaining(job.id())
                    .hasMessageContaining(" is " + from.wireName() + " and cannot ");
        } else {
            assertThat(transition.apply(job).status()).isEqualTo(to);
        }
    }

    @ParameterizedTest(name = "{0} when {1}")
    @MethodSource("table")
    void remembersTheMomentOfEveryChange(String deed, JobStatus from, @Nullable JobStatus to) {
        if (to == null || to == from) {
            return;
        }
        TrainingJob job = in(from);

        TrainingJob next = DEEDS.get(deed).apply(job);

        assertThat(next.transitions())
                .startsWith(job.transitions().toArray(JobTransition[]::new))
                .endsWith(new JobTransition(to, LATE))
                .hasSize(job.transitions().size() + 1);
        assertThat(next.finishedAt()).isEqualTo(to.isFinished() ? LATE : null);
        assertThat(next.ending() != null).isEqualTo(to.isFinished());
    }

    @Test
    void countsAttemptsAndForgetsTheProgressOfTheLast() {
        TrainingJob first = in(RUNNING);

        TrainingJob second = first.requeued(LATE).started(LATE);

        assertThat(first.attempt()).isEqualTo(1);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.startedAt()).isEqualTo(LATE);
        assertThat(second.progress()).isEqualTo(new JobProgress(JobPhase.LOADING, 0, null, null, null, null));
    }

    @Test
    void countsDeathsApartFromAttempts() {
        TrainingJob died = in(RUNNING).bereaved(LATE).started(LATE).bereaved(LATE);
        TrainingJob left = in(RUNNING).requeued(LATE).started(LATE).requeued(LATE);

        assertThat(died.life().deaths()).isEqualTo(2);
        assertThat(left.life().deaths()).isZero();
    }

    @Test
    void saysHowItEnded() {
        assertThat(in(SUCCEEDED).ending())
                .isEqualTo(new JobEnding("max_epochs", Map.of("max_epochs", 100.0), null, 3, null));
        assertThat(in(FAILED).ending())
                .isEqualTo(new JobEnding("error", Map.of(), new JobError("internal", "it broke"), null, null));
        assertThat(in(RUNNING).expired(LATE).ending())
                .isEqualTo(new JobEnding(
                        "deadline",
                        Map.of(),
                        new JobError("deadline-exceeded", "The deadline passed before the job had finished."),
                        null,
                        null));
        assertThat(in(CANCELLED).ending()).isEqualTo(new JobEnding("cancelled", Map.of(), null, null, null));
    }

    private static @Nullable JobStatus expected(String cell) {
        return cell.equals("-") ? null : JobStatus.of(cell);
    }

    private static TrainingJob in(JobStatus status) {
        TrainingJob queued = TrainingJob.queued("job_1", TestJobs.submission("penguins"), EARLY);
        TrainingJob running = queued.started(EARLY);
        return switch (status) {
            case QUEUED -> queued;
            case RUNNING -> running;
            case PAUSING -> running.pauseRequested(EARLY);
            case PAUSED -> queued.pauseRequested(EARLY);
            case CANCELLING -> running.cancelRequested(EARLY);
            case SUCCEEDED -> running.succeeded(EARLY, TestJobs.ALL_EPOCHS, 3);
            case FAILED -> running.failed(EARLY, null, new JobError("internal", "it broke"));
            case CANCELLED -> queued.cancelRequested(EARLY);
        };
    }
}
