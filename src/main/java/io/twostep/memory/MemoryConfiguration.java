package io.twostep.memory;

import io.twostep.observability.Meters;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The budget of the Java heap. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MemoryProperties.class)
class MemoryConfiguration {

    @Bean
    MemoryBudget heapBudget(MemoryProperties properties, Meters meters) {
        long bytes = properties.bytes();
        MemoryBudget budget = new MemoryBudget("twostep.memory.budget", bytes, bytes - bytes / 4);
        meters.watchMemory("heap", budget::reserved, budget::bytes);
        return budget;
    }
}
