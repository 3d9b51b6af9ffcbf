package io.twostep.search.web;

import io.twostep.web.BodyLimit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

@Configuration(proxyBeanMethods = false)
class SearchWebConfiguration {

    /** Hundreds of trials are made of the body before it is answered. */
    private static final DataSize LONGEST = DataSize.ofKilobytes(128);

    @Bean
    BodyLimit searchBodyLimit() {
        return new BodyLimit(SearchView.ROOT, LONGEST);
    }
}
