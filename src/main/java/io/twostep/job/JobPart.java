package io.twostep.job;

import org.jspecify.annotations.Nullable;

/**
 * What somebody has to know of a training job that is a part of something.
 *
 * @param epoch the last finished one
 * @param bestEpoch the one with the lowest watched loss so far
 * @param ending how it ended, null until it is finished
 */
public record JobPart(
        String id,
        JobStatus status,
        int epoch,
        @Nullable Integer bestEpoch,
        @Nullable JobEnding ending) {}
