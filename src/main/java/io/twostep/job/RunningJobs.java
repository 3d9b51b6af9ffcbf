package io.twostep.job;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The attempts that run in this process, so that a cancellation reaches its training at once. */
final class RunningJobs {

    private final Map<String, RunningJob> running = new ConcurrentHashMap<>();

    void enter(RunningJob attempt) {
        running.put(attempt.job().id(), attempt);
    }

    void leave(RunningJob attempt) {
        running.remove(attempt.job().id(), attempt);
    }

    boolean contains(String id) {
        return running.containsKey(id);
    }

    /** Tells the training of a job to stop, if it runs here. */
    void stop(String id) {
        Optional.ofNullable(running.get(id)).ifPresent(RunningJob::stop);
    }
}
