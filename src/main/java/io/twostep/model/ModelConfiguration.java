package io.twostep.model;

import io.twostep.storage.DataFolder;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
class ModelConfiguration {

    @Bean
    ModelRegistry modelRegistry(Models models, DataFolder data, TransactionOperations transactions) {
        ModelRegistry registry = new ModelRegistry(models, data.blobs("models"), transactions, InstantSource.system());
        registry.sweep();
        return registry;
    }
}
