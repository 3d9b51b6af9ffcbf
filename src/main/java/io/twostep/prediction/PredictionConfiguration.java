package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.model.ModelRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PredictionProperties.class)
class PredictionConfiguration {

    @Bean
    Predictor predictor(ModelRegistry models, PredictionProperties properties) {
        return new Predictor(models, Arithmetic.fast(), properties.loadedModels());
    }
}
