package io.twostep.job;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that run in this process, so that a wish to stop one reaches its work at once. */
public final class RunningJobs {

    private final Set<Lease> claimed = ConcurrentHashMap.newKeySet();
    private final Map<String, RunningJob<?>> running = new ConcurrentHashMap<>();

    /** A worker of this process turns to a job: its attempt is about to run. */
    void claim(Lease lease) {
        claimed.add(lease);
    }

    /** A worker of this process is done with a job. */
    void release(Lease lease) {
        claimed.remove(lease);
    }

    void enter(RunningJob<?> attempt) {
        running.put(attempt.job().id(), attempt);
    }

    void leave(RunningJob<?> attempt) {
        running.remove(attempt.job().id(), attempt);
    }

    /** Whether a worker of this process has turned to that job. */
    boolean contains(String id) {
        return claimed.stream().anyMatch(lease -> lease.jobId().equals(id));
    }

    /**
     * Tells the work of an attempt to stop, if it runs here.
     *
     * @param job as it was found
     */
    void stop(Job<?> job) {
        Optional.ofNullable(running.get(job.id()))
                .filter(attempt -> attempt.job().attempt() == job.attempt())
                .ifPresent(attempt -> attempt.stop(StopCause.of(job.status())));
    }
}
