package io.twostep.storage;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean
    DataFolder dataFolder(@Value("${twostep.data-dir:data}") Path root) {
        return new DataFolder(root);
    }

    /** The database inside the data folder, unless {@code spring.datasource.url} names another one. */
    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "none", matchIfMissing = true)
    JdbcConnectionDetails embeddedDatabase(DataFolder dataFolder) {
        return new EmbeddedDatabase(dataFolder.root().resolve("twostep"));
    }
}
