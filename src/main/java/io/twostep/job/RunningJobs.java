package io.twostep.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that run in this process, so that a wish to stop one reaches its work at once. */
public final class RunningJobs {

    private final Map<String, RunningJob<?>> running = new ConcurrentHashMap<>();

    void enter(RunningJob<?> attempt) {
        running.put(attempt.job().id(), attempt);
    }

    void leave(RunningJob<?> attempt) {
        running.remove(attempt.job().id(), attempt);
    }

    boolean contains(String id) {
        return running.containsKey(id);
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
