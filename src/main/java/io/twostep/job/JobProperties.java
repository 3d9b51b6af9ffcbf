package io.twostep.job;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How jobs are queued and run.
 *
 * @param workers how many jobs run at the same time in this process
 * @param heartbeat how often a worker says that it lives; after four beats missed its job is given to another
 * @param pollingInterval how often the queue is looked at for jobs that other processes accepted
 * @param flushInterval how often progress and loss history are written
 * @param checkpointInterval how long a training goes on between two checkpoints; the longest epochs make it up to twice
 *     as long
 * @param shutdownWait how long a leaving service waits for its jobs to stop
 * @param waiters how many requests may wait for the end of a job at the same time; others are answered at once
 * @param maxQueued how many jobs may wait, of all kinds and those that are paused among them
 * @param maxQueuedPerCaller how many of these may come from one address
 * @param examplesOnHeap encoded rows of one job that may be held on the Java heap, the others going to files in the data
 *     folder; null for a quarter of the heap, shared among the workers
 * @param examplesOnDisk the most that the encoded rows of one job may take
 */
@ConfigurationProperties("twostep.job")
public record JobProperties(
        @DefaultValue("1") int workers,
        @DefaultValue("1s") Duration heartbeat,
        @DefaultValue("500ms") Duration pollingInterval,
        @DefaultValue("500ms") Duration flushInterval,
        @DefaultValue("30s") Duration checkpointInterval,
        @DefaultValue("10s") Duration shutdownWait,
        @DefaultValue("100") int waiters,
        @DefaultValue("1000") int maxQueued,
        @DefaultValue("200") int maxQueuedPerCaller,
        @Nullable DataSize examplesOnHeap,
        @DefaultValue("64GB") DataSize examplesOnDisk) {

    private static final int MOST_WORKERS = 64;
    private static final int SHARE_OF_HEAP = 4;

    public JobProperties {
        InvalidValueException.throwIfAny(
                workers >= 1 && workers <= MOST_WORKERS
                        ? null
                        : new Problem("/workers", "must be >= 1 and <= " + MOST_WORKERS + " but was " + workers),
                examplesOnHeap == null || !examplesOnHeap.isNegative()
                        ? null
                        : new Problem("/examples-on-heap", "must be >= 0 but was " + examplesOnHeap),
                examplesOnDisk.toBytes() > 0
                        ? null
                        : new Problem("/examples-on-disk", "must be > 0 but was " + examplesOnDisk),
                waiters >= 0 ? null : new Problem("/waiters", "must be >= 0 but was " + waiters),
                atLeastOne("max-queued", maxQueued),
                atLeastOne("max-queued-per-caller", maxQueuedPerCaller),
                positive("heartbeat", heartbeat),
                positive("polling-interval", pollingInterval),
                positive("flush-interval", flushInterval),
                positive("checkpoint-interval", checkpointInterval),
                positive("shutdown-wait", shutdownWait));
    }

    /** Bytes of the heap that one job may fill with encoded rows. */
    public long heapForExamples() {
        return examplesOnHeap != null
                ? examplesOnHeap.toBytes()
                : Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / workers;
    }

    /** Bytes of the heap that the buffers of one job's batches may take. */
    public long heapForBatches() {
        return Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / workers;
    }

    private static @Nullable Problem atLeastOne(String name, int value) {
        return value >= 1 ? null : new Problem("/" + name, "must be >= 1 but was " + value);
    }

    private static @Nullable Problem positive(String name, Duration value) {
        return value.toMillis() > 0 ? null : new Problem("/" + name, "must be at least 1 ms but was " + value);
    }
}
