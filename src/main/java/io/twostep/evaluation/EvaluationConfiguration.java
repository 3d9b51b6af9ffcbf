package io.twostep.evaluation;

import io.twostep.dataset.Datasets;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.prediction.Predictor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvaluationProperties.class)
class EvaluationConfiguration {

    @Bean
    DatasetEvaluator datasetEvaluator(
            ModelRegistry models,
            Predictor predictor,
            Datasets datasets,
            MemoryBudget heap,
            EvaluationProperties properties) {
        return new DatasetEvaluator(models, predictor, datasets, heap, properties.maxRows());
    }
}
