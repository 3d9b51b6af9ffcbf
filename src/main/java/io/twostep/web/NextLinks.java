package io.twostep.web;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;
import org.springframework.web.util.UriComponentsBuilder;

/** Adds {@code Link: <…>; rel="next"} (RFC 8288) to a {@link Page} that is not the last. */
@ControllerAdvice
class NextLinks implements ResponseBodyAdvice<Page<?>> {

    @Override
    public boolean supports(MethodParameter type, Class<? extends HttpMessageConverter<?>> converter) {
        return type.getParameterType() == Page.class;
    }

    @Override
    public @Nullable Page<?> beforeBodyWrite(
            @Nullable Page<?> page,
            MethodParameter type,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        if (page != null && page.next() != null) {
            String query = UriComponentsBuilder.fromUri(request.getURI())
                    .replaceQueryParam(PageRequest.AFTER, page.next())
                    .build(true)
                    .getQuery();
            response.getHeaders()
                    .add(HttpHeaders.LINK, "<" + request.getURI().getRawPath() + "?" + query + ">; rel=\"next\"");
        }
        return page;
    }
}
