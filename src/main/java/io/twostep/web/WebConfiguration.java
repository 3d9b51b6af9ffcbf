package io.twostep.web;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebProperties.class)
class WebConfiguration implements WebMvcConfigurer {

    private final WebProperties properties;

    WebConfiguration(WebProperties properties) {
        this.properties = properties;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ManneredArguments(properties.maxWait()));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new ParameterGuard());
    }

    @Bean
    static JsonMapper jsonMapper() {
        return Json.mapper();
    }

    @Bean
    static BodyLimitFilter bodyLimitFilter(
            WebProperties properties,
            ObjectProvider<BodyLimit> limits,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
        return new BodyLimitFilter(properties.maxBody(), limits.stream().toList(), answers);
    }

    @Bean
    static Farewell farewell(WebProperties properties) {
        return new Farewell(properties.farewell());
    }

    @Bean
    static PlainPathFilter plainPathFilter(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver answers) {
        return new PlainPathFilter(answers);
    }

    @Bean
    static WebServerFactoryCustomizer<TomcatServletWebServerFactory> bareProblems() {
        return tomcat -> tomcat.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(BareProblemValve.class.getName());
            }
        });
    }
}
