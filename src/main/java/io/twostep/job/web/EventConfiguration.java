package io.twostep.job.web;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EventProperties.class)
class EventConfiguration {

    @Bean
    Followers followers(EventProperties properties) {
        return new Followers(properties.followers(), properties.followersPerCaller());
    }
}
