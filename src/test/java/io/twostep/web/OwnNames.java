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

    private static final int CREATED = 201;
    private static final int THERE_BEFORE = 200;
    private static final int TAKEN = 409;

    private static final Map<String, Class<?>> OWNERS = new ConcurrentHashMap<>();

    private final Class<?> test;

    OwnNames(Class<?> test) {
        this.test = test;
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification answer, FilterContext context) {
        Response response = context.next(request, answer);
        URI address = URI.create(request.getURI());
        String name =
                UriComponentsBuilder.fromUri(address).build().getQueryParams().getFirst("name");
        if (name != null
                && request.getMethod().equals("POST")
                && address.getPath().endsWith("/datasets")) {
            check(address.getAuthority() + " " + name, response.statusCode());
        }
        return response;
    }

    /** Who made it owns it; who is told that it is there must be the same. */
    private void check(String place, int status) {
        Class<?> owner = status == CREATED ? OWNERS.computeIfAbsent(place, unknown -> test) : OWNERS.get(place);
        if (status == CREATED || status == THERE_BEFORE || status == TAKEN) {
            assertThat(owner == null ? test : owner)
                    .as("the test class that has a dataset named %s", place)
                    .isEqualTo(test);
        }
    }
}
