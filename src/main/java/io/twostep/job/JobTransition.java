package io.twostep.job;

import java.time.Instant;

/** The moment a job took on a status. */
public record JobTransition(JobStatus status, Instant at) {}
