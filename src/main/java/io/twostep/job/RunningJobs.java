package io.twostep.job;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The jobs that workers of this process have turned to, so that none is taken for lost; and their attempts once they run,
 * so that a wish to stop one reaches its work at once.
 */
public final class RunningJobs {

    private final Set<Lease> expected = ConcurrentHashMap.newKeySet();
    private final Map<String, RunningJob<?>> running = new ConcurrentHashMap<>();

    /** A worker of this process turns to a job: its attempt is about to run. */
    void expect(Lease lease) {
        expected.add(lease);
    }

    /** A worker of this process is done with a job. */
    void dismiss(Lease lease) {
        expected.remove(lease);
    }

    void enter(RunningJob<?> attempt) {
        running.put(attempt.job().id(), attempt);
    }

    void leave(RunningJob<?> attempt) {
        running.remove(attempt.job().id(), attempt);
    }

    /** Whether a worker of this process has turned to that job. */
    boolean contains(String id) {
        return expected.stream().anyMatch(lease -> lease.jobId().equals(id));
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
