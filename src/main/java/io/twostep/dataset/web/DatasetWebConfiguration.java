package io.twostep.dataset.web;

import io.twostep.dataset.DatasetProperties;
import io.twostep.web.BodyLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatasetWebConfiguration {

    @Bean
    BodyLimit datasetBodyLimit(DatasetProperties properties) {
        return new BodyLimit(DatasetController.PATH, properties.maxBytes());
    }
}
