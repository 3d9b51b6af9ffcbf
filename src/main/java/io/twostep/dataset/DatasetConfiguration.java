package io.twostep.dataset;

import io.twostep.memory.MemoryBudget;
import io.twostep.observability.Meters;
import io.twostep.storage.DataFolder;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatasetProperties.class)
class DatasetConfiguration {

    @Bean
    TableMemory tableMemory(DatasetProperties properties, Meters meters) {
        TableMemory memory = new TableMemory(properties);
        meters.watchMemory("tables", memory::reserved, memory::bytes);
        return memory;
    }

    @Bean
    Datasets datasets(
            DatasetCatalog catalog,
            TableFiles tables,
            DataFolder dataFolder,
            TransactionOperations transactions,
            ObjectProvider<DatasetUse> uses,
            Meters meters,
            MemoryBudget heap,
            TableMemory tableMemory,
            DatasetProperties properties) {
        Datasets datasets = new Datasets(
                catalog,
                tables,
                dataFolder,
                transactions,
                uses.orderedStream().toList(),
                properties,
                heap,
                tableMemory,
                meters,
                InstantSource.system());
        datasets.sweep();
        meters.watchDatasetBytes(catalog::totalBytes);
        return datasets;
    }

    @Bean
    DerivedDatasets derivedDatasets(
            DatasetCatalog catalog,
            TableFiles tables,
            DataFolder dataFolder,
            TransactionOperations transactions,
            DatasetProperties properties) {
        return new DerivedDatasets(catalog, tables, dataFolder, transactions, properties, InstantSource.system());
    }
}
