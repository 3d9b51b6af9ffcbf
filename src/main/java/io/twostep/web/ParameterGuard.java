package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses query parameters that the method does not know or that are given twice, as unknown and duplicate fields of a
 * body are refused: a misspelt {@code limit} must not go unnoticed. A method that takes a map of parameters knows all.
 */
final class ParameterGuard implements HandlerInterceptor {

    private static final String OURS = "io.twostep.";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        // What went wrong elsewhere is told as it is, whatever its query.
        if (request.getDispatcherType() != DispatcherType.ERROR
                && handler instanceof HandlerMethod method
                && method.getBeanType().getName().startsWith(OURS)) {
            Map<String, Boolean> known = parameters(method);
            if (known != null && request.getQueryString() != null) {
                check(request.getParameterMap(), known, request instanceof MultipartRequest);
            }
        }
        return true;
    }

    private static void check(Map<String, String[]> given, Map<String, Boolean> known, boolean multipart) {
        List<Problem> problems = new ArrayList<>();
        given.forEach((name, values) -> {
            if (!known.containsKey(name) && !multipart) {
                String detail = "is not a parameter here" + Spelling.hint(name, known.keySet()) + "; known: "
                        + list(known.keySet());
                problems.add(new Problem(Excerpt.of(name), detail));
            } else if (values.length > 1 && !known.getOrDefault(name, false)) {
                problems.add(
                        new Problem(Excerpt.of(name), "must be given once but was given " + values.length + " times"));
            }
        });
        if (!problems.isEmpty()) {
            throw new ServiceException(ErrorCode.INVALID_PARAMETER, problems);
        }
    }

    private static String list(Set<String> known) {
        return known.isEmpty() ? "none" : String.join(", ", known);
    }

    /** The names of the method's query parameters and whether each may stand several times; null if it takes any. */
    private static @Nullable Map<String, Boolean> parameters(HandlerMethod method) {
        Map<String, Boolean> names = new TreeMap<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
            if (annotation != null && Map.class.isAssignableFrom(parameter.getParameterType())) {
                return null;
            }
            if (annotation != null) {
                names.put(
                        annotation.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : annotation.name(),
                        parameter.getParameterType().isArray());
            } else if (parameter.getParameterType() == PageRequest.class) {
                names.put(PageRequest.LIMIT, false);
                names.put(PageRequest.AFTER, false);
            }
        }
        return names;
    }
}
