package io.twostep.job.web;

import io.twostep.job.JobPhase;
import io.twostep.job.JobProgress;
import io.twostep.job.TestJobs;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.training.EpochReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;

/** A job as another process would run it: all that this one sees of it are its rows, which the test writes. */
final class StoredJob {

    private final TrainingJobs jobs;
    private TrainingJob job;

    StoredJob(TrainingJobs jobs) {
        this.jobs = jobs;
        this.job = TestJobs.queued(now());
        jobs.add(job);
    }

    String id() {
        return job.id();
    }

    void start() {
        TrainingJob running = job.started(now());
        require(jobs.claim(job, running));
        job = running;
    }

    /** Epochs up to one, from the one after the last that was reported. */
    void train(int from, int to) {
        report(IntStream.rangeClosed(from, to)
                .mapToObj(epoch -> TestJobs.report(epoch, 0.5))
                .toList());
    }

    void report(List<EpochReport> rows) {
        EpochReport last = rows.get(rows.size() - 1);
        JobProgress progress =
                new JobProgress(JobPhase.TRAINING, last.epoch(), last.trainLoss(), last.validationLoss(), 1, null);
        require(jobs.report(job.id(), job.attempt(), progress, rows).isPresent());
    }

    /** Its worker dies, and another begins from the start. */
    void loseWorker() {
        TrainingJob queued = job.requeued(now());
        require(jobs.replace(job, queued));
        job = queued;
        start();
        require(jobs.rewind(job.id(), job.attempt(), JobProgress.NONE, 0));
    }

    void succeed() {
        TrainingJob ended = job.succeeded(now(), TestJobs.ALL_EPOCHS, 1);
        require(jobs.replace(job, ended));
        job = ended;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private static void require(boolean written) {
        if (!written) {
            throw new AssertionError("the job was not as it should have been");
        }
    }
}
