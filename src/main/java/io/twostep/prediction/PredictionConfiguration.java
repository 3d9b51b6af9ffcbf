package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.observability.Meters;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PredictionProperties.class)
class PredictionConfiguration {

    @Bean
    Predictor predictor(ModelRegistry models, PredictionProperties properties, MemoryBudget heap, Meters meters) {
        Predictor predictor = new Predictor(models, Arithmetic.fast(), properties.loadedModels(), heap);
        meters.watchLoadedModels(predictor::loadedModels);
        return predictor;
    }
}
