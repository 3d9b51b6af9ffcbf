package io.twostep.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * @param maxBody the longest body where no {@link BodyLimit} says otherwise
 * @param maxWait the longest that {@code Prefer: wait} can hold an answer back
 * @param farewell how long a service that leaves goes on answering, and tells its clients to connect elsewhere
 */
@ConfigurationProperties("twostep.web")
record WebProperties(
        @DefaultValue("1MB") DataSize maxBody,
        @DefaultValue("30s") Duration maxWait,
        @DefaultValue("300ms") Duration farewell) {}
