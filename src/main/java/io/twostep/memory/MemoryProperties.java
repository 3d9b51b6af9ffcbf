package io.twostep.memory;

import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * How much memory jobs and requests may take.
 *
 * @param budget bytes of the Java heap for all of them together; null for two thirds of it. The rest is for the service
 *     itself, for what is too small to be counted, and for the collector
 */
@ConfigurationProperties("twostep.memory")
record MemoryProperties(@Nullable DataSize budget) {

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    MemoryProperties {
        InvalidValueException.throwIfAny(
                budget == null || budget.toBytes() > 0
                        ? null
                        : new Problem("/budget", "must be > 0 but was " + budget));
    }

    long bytes() {
        return budget == null ? HEAP / 3 * 2 : budget.toBytes();
    }
}
