package io.twostep.job;

import java.time.Instant;

/**
 * What tells one kind of jobs from the others.
 *
 * @param task what the queue calls it, as in {@code train}; stored
 * @param prefix of its ids, as in {@code job}
 * @param noun what we call it, as in {@code training job}
 * @param queued makes a job that was just accepted
 * @param <S> what is asked for
 */
public record JobKind<S, J extends Job<J>>(String task, String prefix, String noun, Queued<S, J> queued) {

    /** One whose ids are those of jobs. */
    public JobKind(String task, String noun, Queued<S, J> queued) {
        this(task, "job", noun, queued);
    }

    @FunctionalInterface
    public interface Queued<S, J> {
        J of(String id, S submission, Instant now);
    }
}
