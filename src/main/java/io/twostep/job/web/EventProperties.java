package io.twostep.job.web;

import io.twostep.error.InvalidValueException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param followers who may follow training jobs at the same time; others are refused */
@ConfigurationProperties("twostep.job.events")
record EventProperties(@DefaultValue("100") int followers) {

    EventProperties {
        if (followers < 0) {
            throw new InvalidValueException("followers", "must be >= 0 but was " + followers);
        }
    }
}
