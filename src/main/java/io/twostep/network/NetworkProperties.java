package io.twostep.network;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param maxParameters weights and biases that one network may have
 */
@ConfigurationProperties("twostep.network")
record NetworkProperties(@DefaultValue("100000000") long maxParameters) {}
