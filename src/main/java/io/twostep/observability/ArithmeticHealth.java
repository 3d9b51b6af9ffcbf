package io.twostep.observability;

import io.twostep.matrix.Arithmetic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Says what computes. Loads the native library at start-up, so that the first job need not wait for it, and says once
 * in the log if it cannot be had; the service goes on in plain Java and is as healthy as with it.
 */
@Component("arithmetic")
class ArithmeticHealth implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ArithmeticHealth.class);

    private final Arithmetic fast = Arithmetic.fast();

    ArithmeticHealth() {
        if (fast.nativeFailure() == null) {
            log.info("Arithmetic: {}", fast.description());
        } else {
            log.warn("Arithmetic: {}. Training will be slower.", fast.description());
        }
    }

    /** Without the reason of a failure, which may name files. */
    @Override
    public Health health() {
        String description = fast.isNative() ? fast.description() : "plain Java, native BLAS unavailable";
        return Health.up()
                .withDetail("fast", description)
                .withDetail("native", fast.isNative())
                .withDetail("portable", Arithmetic.portable().description())
                .build();
    }
}
