package io.twostep.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where jobs stand in the one queue that all kinds share. */
public final class QueuePlaces {

    private final List<JobStore<?>> kinds;

    QueuePlaces(List<JobStore<?>> kinds) {
        this.kinds = List.copyOf(kinds);
    }

    /** How many jobs wait in front of one, 0 for the next in turn; null unless it is queued. */
    public @Nullable Long of(Job<?> job) {
        return job.status() == JobStatus.QUEUED
                ? kinds.stream()
                        .mapToLong(jobs -> jobs.queuedBefore(job.id(), job.priority()))
                        .sum()
                : null;
    }
}
