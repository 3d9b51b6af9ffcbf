package io.twostep.idempotency;

import io.twostep.error.InvalidValueException;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param keep how long the key of an accepted request is known; clients may count on a day */
@ConfigurationProperties("twostep.idempotency")
record IdempotencyProperties(@DefaultValue("24h") Duration keep) {

    IdempotencyProperties {
        if (keep.isNegative() || keep.isZero()) {
            throw new InvalidValueException("keep", "must be > 0 but was " + keep);
        }
    }
}
