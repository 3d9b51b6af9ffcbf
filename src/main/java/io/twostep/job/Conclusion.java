package io.twostep.job;

import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** How an attempt came out, ready to be written. */
@FunctionalInterface
public interface Conclusion<J extends Job<J>> {

    /**
     * Makes the result and the end of the job visible together, or neither.
     *
     * @param now to be asked when the result is as good as visible: the job ends no earlier
     * @param end writes the job as it ends, in the transaction of the caller if there is one; false if the job is not
     *     this attempt's any more
     * @return what {@code end} answered
     */
    boolean write(Supplier<Instant> now, Predicate<J> end);
}
