package io.twostep.idempotency;

import java.time.InstantSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IdempotencyProperties.class)
class IdempotencyConfiguration {

    @Bean
    KeyBook keyBook(AcceptedRequests accepted, IdempotencyProperties properties) {
        return new KeyBook(accepted, properties.keep(), InstantSource.system());
    }
}
