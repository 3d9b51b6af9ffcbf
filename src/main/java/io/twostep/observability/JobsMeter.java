package io.twostep.observability;

/** What is counted of each kind of jobs. */
public enum JobsMeter {
    TRAINING(
            MeterName.TRAINING_JOBS,
            MeterName.TRAINING_JOBS_FINISHED,
            MeterName.TRAINING_QUEUE_WAIT,
            MeterName.TRAINING_JOB_DURATION),
    SCORING(
            MeterName.SCORING_JOBS,
            MeterName.SCORING_JOBS_FINISHED,
            MeterName.SCORING_QUEUE_WAIT,
            MeterName.SCORING_JOB_DURATION),
    SEARCH(MeterName.SEARCHES, MeterName.SEARCHES_FINISHED, MeterName.SEARCH_QUEUE_WAIT, MeterName.SEARCH_DURATION),
    CROSS_VALIDATION(
            MeterName.CROSS_VALIDATIONS,
            MeterName.CROSS_VALIDATIONS_FINISHED,
            MeterName.CROSS_VALIDATION_QUEUE_WAIT,
            MeterName.CROSS_VALIDATION_DURATION);

    private final MeterName jobs;
    private final MeterName finished;
    private final MeterName queueWait;
    private final MeterName duration;

    JobsMeter(MeterName jobs, MeterName finished, MeterName queueWait, MeterName duration) {
        this.jobs = jobs;
        this.finished = finished;
        this.queueWait = queueWait;
        this.duration = duration;
    }

    MeterName jobs() {
        return jobs;
    }

    MeterName finished() {
        return finished;
    }

    MeterName queueWait() {
        return queueWait;
    }

    MeterName duration() {
        return duration;
    }
}
