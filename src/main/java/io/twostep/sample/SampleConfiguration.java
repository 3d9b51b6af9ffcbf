package io.twostep.sample;

import io.twostep.dataset.Datasets;
import io.twostep.network.Networks;
import io.twostep.storage.DataFolder;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class SampleConfiguration {

    @Bean
    Samples samples(
            DataFolder dataFolder,
            Datasets datasets,
            Networks networks,
            @Value("${twostep.samples:true}") boolean wanted) {
        return new Samples(dataFolder, datasets, networks, wanted);
    }
}
