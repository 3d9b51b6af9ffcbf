package io.twostep.sample;

import io.twostep.dataset.Datasets;
import io.twostep.network.Networks;
import io.twostep.storage.DataFolder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "twostep.samples", matchIfMissing = true)
class SampleConfiguration {

    @Bean
    Samples samples(DataFolder dataFolder, Datasets datasets, Networks networks) {
        return new Samples(dataFolder, datasets, networks);
    }
}
