package io.twostep.prediction.web;

import io.twostep.prediction.PredictionProperties;
import io.twostep.web.BodyLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PredictionWebConfiguration {

    private static final String MODEL = "/api/v1/models/{name}";

    @Bean
    BodyLimit predictionBodyLimit(PredictionProperties properties) {
        return new BodyLimit(MODEL + "/predictions", properties.maxBytes());
    }

    @Bean
    BodyLimit versionPredictionBodyLimit(PredictionProperties properties) {
        return new BodyLimit(MODEL + "/versions/{version}/predictions", properties.maxBytes());
    }
}
