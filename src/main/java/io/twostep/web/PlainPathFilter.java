package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Finds nothing under paths with parameters ({@code /networks;x}), which Spring would pass over: one path, one name. */
final class PlainPathFilter extends OncePerRequestFilter {

    private final HandlerExceptionResolver answers;

    PlainPathFilter(HandlerExceptionResolver answers) {
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().indexOf(';') < 0) {
            chain.doFilter(request, response);
        } else {
            answers.resolveException(
                    request,
                    response,
                    null,
                    new ServiceException(ErrorCode.NOT_FOUND, "There is nothing at this path."));
        }
    }
}
