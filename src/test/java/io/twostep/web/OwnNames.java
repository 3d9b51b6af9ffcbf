package io.twostep.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Fails where two test classes that share a service give a dataset the same name: whichever runs second would work
 * on the other's rows, and which one that is depends on the order of the classes.
 */
final class OwnNames implements Filter {

    private static final Map<String, Class<?>> OWNERS = new ConcurrentHashMap<>();

    private final Class<?> test;

    OwnNames(Class<?> test) {
        this.test = test;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification answer, FilterContext context) {
        URI address = URI.create(request.getURI());
        String name =
                UriComponentsBuilder.fromUri(address).build().getQueryParams().getFirst("name");
        if (name != null
                && request.getMethod().equals("POST")
                && address.getPath().endsWith("/datasets")) {
            String place = address.getAuthority() + " " + name;
            assertThat(OWNERS.computeIfAbsent(place, unknown -> test))
                    .as("the test class that has a dataset named %s", name)
                    .isEqualTo(test);
        }
        return context.next(request, answer);
    }
}
