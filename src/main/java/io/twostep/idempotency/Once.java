package io.twostep.idempotency;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that requests with the same {@code Idempotency-Key} make one thing. A controller method takes it as an
 * argument.
 *
 * <p>The key is written in the transaction that makes the thing: there is no moment at which one is there without the
 * other. While a request is worked on, its process refuses others with its key; of two processes that work on the same
 * key one cannot commit, and answers with what the other has made. A request that fails binds no key.
 */
public final class Once {

    private final KeyBook book;
    private final KeyBook.@Nullable Key key;
    private final RequestDigest digest;
    private final Runnable replayed;

    /**
     * @param key null if the request has none
     * @param replayed to be called when the answer will be that of an earlier request
     */
    Once(KeyBook book, KeyBook.@Nullable Key key, RequestDigest digest, Runnable replayed) {
        this.book = book;
        this.key = key;
        this.digest = digest;
        this.replayed = replayed;
    }

    /** Notes what a request made, in the transaction that makes it, or that it was there. */
    @FunctionalInterface
    public interface Made {

        /**
         * The request made the thing with that id.
         *
         * @param isNew false if it was there
         */
        void as(String id, boolean isNew);

        /** The same of what cannot have been there. */
        default void as(String id) {
            as(id, true);
        }
    }

    /** What an earlier request with the same key made. */
    public record Past(String id, boolean isNew) {}

    /** What else, beside query and body, tells one request from another; to be said before the body is watched. */
    public void also(String more) {
        digest.also(more);
    }

    /** A body that is not bound to a {@code @RequestBody}, to be read in place of it. */
    public InputStream watch(InputStream body) {
        return key == null ? body : digest.watch(body);
    }

    /**
     * Makes the thing or, if an earlier request with this key did, finds it.
     *
     * @param first must call what it is given
     * @throws ServiceException {@link ErrorCode#IDEMPOTENCY_CONFLICT}, {@link ErrorCode#IDEMPOTENCY_KEY_IN_USE}, and
     *     whatever the two throw
     */
    public <T> T make(Function<Made, T> first, Function<Past, T> again) {
        if (key == null) {
            return first.apply((id, isNew) -> {});
        }
        if (!book.take(key)) {
            throw new ServiceException(
                    ErrorCode.IDEMPOTENCY_KEY_IN_USE,
                    "A request with the key " + Excerpt.quoted(key.value()) + " is being worked on.");
        }
        try {
            return make(key, first, again);
        } finally {
            book.giveBack(key);
        }
    }

    private <T> T make(KeyBook.Key mine, Function<Made, T> first, Function<Past, T> again) {
        Optional<AcceptedRequest> earlier = book.find(mine);
        if (earlier.isPresent()) {
            return replay(earlier.get(), again);
        }
        try {
            return first.apply((id, isNew) -> book.add(mine, digest.sha256(), id, isNew));
        } catch (RuntimeException e) {
            Optional<AcceptedRequest> meanwhile = book.find(mine); // in another process
            if (meanwhile.isPresent()) {
                return replay(meanwhile.get(), again);
            }
            throw e;
        }
    }

    private <T> T replay(AcceptedRequest earlier, Function<Past, T> again) {
        if (!earlier.sha256().equals(digest.sha256())) {
            throw new ServiceException(
                    ErrorCode.IDEMPOTENCY_CONFLICT,
                    "The key " + Excerpt.quoted(earlier.key()) + " came with another body or query at "
                            + earlier.acceptedAt() + ".");
        }
        T found = again.apply(new Past(earlier.resourceId(), earlier.isNew()));
        replayed.run();
        return found;
    }
}
