package io.twostep.idempotency;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/** Gives controller methods their {@link Once}, and has the body digested that they take beside it. */
@ControllerAdvice
final class OnceArguments extends RequestBodyAdviceAdapter implements HandlerMethodArgumentResolver {

    /** What the table takes. */
    private static final int LONGEST_TARGET = 256;

    private static final String REPLAYED = "Idempotency-Replayed";
    private static final String DIGEST = RequestDigest.class.getName();

    private final KeyBook book;

    OnceArguments(KeyBook book) {
        this.book = book;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Once.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        HttpServletRequest request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
        HttpServletResponse response = Objects.requireNonNull(web.getNativeResponse(HttpServletResponse.class));
        String key = IdempotencyKey.parse(Collections.list(request.getHeaders(IdempotencyKey.HEADER)));
        String target = request.getMethod() + " " + request.getRequestURI();
        if (key != null && target.length() > LONGEST_TARGET) {
            throw new ServiceException(ErrorCode.NOT_FOUND, "There is no resource of such a long path.");
        }
        return new Once(
                book,
                key == null ? null : new KeyBook.Key(target, key),
                digest(request),
                () -> response.setHeader(REPLAYED, "true"));
    }

    @Override
    public boolean supports(MethodParameter body, Type type, Class<? extends HttpMessageConverter<?>> converter) {
        return Arrays.asList(body.getExecutable().getParameterTypes()).contains(Once.class);
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type type,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        if (!message.getHeaders().containsHeader(IdempotencyKey.HEADER)) {
            return message;
        }
        RequestAttributes present = RequestContextHolder.currentRequestAttributes();
        HttpServletRequest request = ((ServletRequestAttributes) present).getRequest();
        return new Body(message.getHeaders(), digest(request).watch(message.getBody()));
    }

    /** The one of the request, whoever asks first. */
    private static RequestDigest digest(HttpServletRequest request) {
        Object known = request.getAttribute(DIGEST);
        if (known instanceof RequestDigest digest) {
            return digest;
        }
        RequestDigest digest = new RequestDigest(request.getQueryString());
        request.setAttribute(DIGEST, digest);
        return digest;
    }

    private record Body(HttpHeaders headers, InputStream in) implements HttpInputMessage {

        @Override
        public InputStream getBody() {
            return in;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
