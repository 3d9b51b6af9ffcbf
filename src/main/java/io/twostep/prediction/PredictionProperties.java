package io.twostep.prediction;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Bounds of serving.
 *
 * @param maxInstances most rows of one request
 * @param loadedModels most models kept in memory
 */
@ConfigurationProperties("twostep.prediction")
public record PredictionProperties(
        @DefaultValue("100000") int maxInstances, @DefaultValue("32") int loadedModels) {}
