package io.twostep.web;

import jakarta.servlet.ServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controller methods their {@link PageRequest}, {@link Prefer} and {@link Caller} arguments. */
final class ManneredArguments implements HandlerMethodArgumentResolver {

    private static final Set<Class<?>> KNOWN = Set.of(PageRequest.class, Prefer.class, Caller.class);

    private final Duration maxWait;

    ManneredArguments(Duration maxWait) {
        this.maxWait = maxWait;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return KNOWN.contains(parameter.getParameterType());
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (parameter.getParameterType() == PageRequest.class) {
            return PageRequest.parse(request.getParameter(PageRequest.LIMIT), request.getParameter(PageRequest.AFTER));
        }
        if (parameter.getParameterType() == Caller.class) {
            return Caller.at(((ServletRequest) request.getNativeRequest()).getRemoteAddr());
        }
        String[] preferences = request.getHeaderValues(Prefer.HEADER);
        return Prefer.parse(preferences == null ? List.of() : List.of(preferences), maxWait);
    }
}
