package io.twostep.network;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NetworkProperties.class)
class NetworkConfiguration {

    @Bean
    Networks networks(NetworkCatalog catalog, NetworkProperties properties, TransactionOperations transactions) {
        return new Networks(catalog, properties.maxParameters(), transactions, Clock.systemUTC());
    }
}
