package io.twostep.job.web;

import io.twostep.error.InvalidValueException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param followers who may follow training jobs at the same time; others are refused
 * @param followersPerCaller who of them may come from one address
 */
@ConfigurationProperties("twostep.job.events")
record EventProperties(
        @DefaultValue("100") int followers,
        @DefaultValue("50") int followersPerCaller) {

    EventProperties {
        requireCount("followers", followers);
        requireCount("followers-per-caller", followersPerCaller);
    }

    private static void requireCount(String name, int count) {
        if (count < 0) {
            throw new InvalidValueException(name, "must be >= 0 but was " + count);
        }
    }
}
