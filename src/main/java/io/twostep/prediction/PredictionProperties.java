package io.twostep.prediction;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Bounds of serving.
 *
 * @param maxBytes size of the body of one request
 * @param maxInstances most rows of one request
 * @param loadedModels most models kept in memory
 */
@ConfigurationProperties("twostep.prediction")
public record PredictionProperties(
        @DefaultValue("16MB") DataSize maxBytes,
        @DefaultValue("100000") int maxInstances,
        @DefaultValue("32") int loadedModels) {}
