package io.twostep.job.web;

import io.twostep.job.JobTransition;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.training.EpochReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells one client how a training job goes on, out of its row and its loss history: it does not matter which process
 * runs the job, nor whether it runs.
 *
 * <p>First the transitions that the client does not know, then the epochs, then the end. The epochs since the last look
 * are one event with a row for each, at most {@value #MOST_ROWS}; so no row is left out, and there are no more events
 * than looks. An epoch that was told is not told again when an attempt repeats it.
 */
final class JobFollower implements Followers.Follower {

    static final int MOST_ROWS = 2500;

    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final String RETRY = "retry: 3000\n\n";
    private static final String ALIVE = ": ka\n\n";

    private final String id;
    private final EventStream stream;
    private final Function<String, TrainingJob> find;
    private final TrainingJobs jobs;
    private final JsonMapper json;
    private final InstantSource clock;
    private EventId told;
    private StringBuilder next = new StringBuilder(RETRY);
    private Instant lastSent = Instant.MIN;
    private boolean ended;

    /**
     * @param told what the client knows
     * @param find the job as it now stands
     */
    JobFollower(
            String id,
            EventId told,
            EventStream stream,
            Function<String, TrainingJob> find,
            TrainingJobs jobs,
            JsonMapper json,
            InstantSource clock) {
        this.id = id;
        this.told = told;
        this.stream = stream;
        this.find = find;
        this.jobs = jobs;
        this.json = json;
        this.clock = clock;
    }

    /** Whether there is nothing that a client who knows this much can still be told. */
    static boolean knowsAll(EventId told, TrainingJob job) {
        return job.status().isFinished()
                && told.transitions() == job.transitions().size();
    }

    @Override
    public boolean look() {
        if (!stream.isReady()) {
            return stream.isOpen();
        }
        if (ended) {
            return false; // not before the reader has taken the end
        }
        tell(find.apply(id)); // the job before its rows: once it has finished, no row follows
        send();
        return true;
    }

    @Override
    public void leave() {
        stream.close();
    }

    /** Adds the events that are due. */
    private void tell(TrainingJob job) {
        List<JobTransition> transitions = job.transitions();
        boolean finished = job.status().isFinished();
        int known = finished ? transitions.size() - 1 : transitions.size();
        while (told.transitions() < known) {
            JobTransition transition = transitions.get(told.transitions());
            event("status", told.afterTransition(), transition);
        }
        boolean allEpochs = tellEpochs(job);
        if (finished && allEpochs) {
            event("end", told.afterTransition(), JobEnd.of(job));
            ended = true;
        }
    }

    /** Whether no epoch is left to tell. */
    private boolean tellEpochs(TrainingJob job) {
        if (!job.status().isFinished() && job.progress().epoch() <= told.epoch()) {
            return true;
        }
        List<EpochReport> rows = jobs.history(id, told.epoch(), MOST_ROWS);
        if (!rows.isEmpty()) {
            event("epoch", told.afterEpoch(rows.get(rows.size() - 1).epoch()), LossRows.of(rows));
        }
        return rows.size() < MOST_ROWS;
    }

    private void event(String name, EventId eventId, Object data) {
        told = eventId;
        next.append("id: ")
                .append(eventId)
                .append("\nevent: ")
                .append(name)
                .append("\ndata: ")
                .append(json.writeValueAsString(data))
                .append("\n\n");
    }

    private void send() {
        Instant now = clock.instant();
        if (next.isEmpty() && lastSent.plus(SILENCE).isBefore(now)) {
            next.append(ALIVE);
        }
        if (!next.isEmpty()) {
            stream.send(next);
            next = new StringBuilder();
            lastSent = now;
        }
    }
}
