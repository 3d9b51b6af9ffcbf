package io.twostep.job;

/**
 * A worker's hold on the place of a job in the queue. It is lost as soon as anybody else writes that place, which changes
 * its version.
 *
 * @param task what the queue calls the kind of the job
 */
public record Lease(String task, String jobId, long version) {}
