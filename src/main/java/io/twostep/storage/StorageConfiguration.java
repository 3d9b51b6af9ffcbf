package io.twostep.storage;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

@Configuration(proxyBeanMethods = false)
class StorageConfiguration {

    @Bean
    DataFolder dataFolder(
            @Value("${twostep.data-dir:data}") Path root, @Value("${twostep.disk-reserve:8MB}") DataSize reserve) {
        return DataFolder.locked(root, reserve.toBytes());
    }

    /** The database inside the data folder, unless {@code spring.datasource.url} names another one. */
    @Bean
    @ConditionalOnProperty(name = "spring.datasource.url", havingValue = "none", matchIfMissing = true)
    JdbcConnectionDetails embeddedDatabase(
            DataFolder dataFolder, @Value("${spring.flyway.locations}") String[] migrations) {
        EmbeddedDatabase database = new EmbeddedDatabase(dataFolder.root().resolve("twostep"));
        dataFolder.file(database.path().getFileName().toString());
        ForcedFilePath.register(dataFolder::releaseReserve);
        new MigratedCopy(dataFolder, migrations).replace(database);
        return database;
    }
}
