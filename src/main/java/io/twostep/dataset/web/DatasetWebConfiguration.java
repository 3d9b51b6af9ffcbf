package io.twostep.dataset.web;

import io.twostep.dataset.DatasetProperties;
import io.twostep.storage.DataFolder;
import io.twostep.web.BodyLimit;
import jakarta.servlet.MultipartConfigElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatasetWebConfiguration {

    @Bean
    BodyLimit datasetBodyLimit(DatasetProperties properties) {
        return new BodyLimit(DatasetController.PATH, properties.maxBytes(), true);
    }

    /** Parts of multipart bodies wait in the data folder, never in memory, and may be as long as other uploads. */
    @Bean
    MultipartConfigElement multipartUploads(DatasetProperties properties, DataFolder dataFolder) {
        long most = properties.maxBytes().toBytes();
        return new MultipartConfigElement(dataFolder.temporary().toString(), most, most, 0);
    }
}
