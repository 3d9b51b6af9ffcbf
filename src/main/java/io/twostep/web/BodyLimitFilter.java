package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Refuses bodies that say they are too long, and stops reading those that turn out to be. */
final class BodyLimitFilter extends OncePerRequestFilter {

    private final Rule general;
    private final List<Rule> rules;
    private final HandlerExceptionResolver answers;

    /** A limit with its path made ready to be compared. */
    private record Rule(PathPattern pattern, long max, boolean gzip) {

        static Rule of(BodyLimit limit) {
            return new Rule(
                    PathPatternParser.defaultInstance.parse(limit.pattern()),
                    limit.max().toBytes(),
                    limit.gzip());
        }
    }

    BodyLimitFilter(DataSize general, Collection<BodyLimit> limits, HandlerExceptionResolver answers) {
        this.general = Rule.of(new BodyLimit("/**", general));
        this.rules = limits.stream()
                .map(Rule::of)
                .sorted(Comparator.comparing(Rule::pattern))
                .toList();
        this.answers = answers;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Rule rule = rule(request.getRequestURI());
        ServiceException refusal = refusal(request, rule);
        if (refusal == null) {
            chain.doFilter(new Limited(request, rule.max()), response);
        } else {
            answers.resolveException(request, response, null, refusal);
        }
    }

    private Rule rule(String path) {
        PathContainer parsed = PathContainer.parsePath(path);
        return rules.stream()
                .filter(rule -> rule.pattern().matches(parsed))
                .findFirst()
                .orElse(general);
    }

    private static @Nullable ServiceException refusal(HttpServletRequest request, Rule rule) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !isAllowed(encoding, rule.gzip())) {
            return new ServiceException(
                    ErrorCode.UNSUPPORTED_CONTENT_ENCODING,
                    rule.gzip()
                            ? "Send the body without a Content-Encoding, or with gzip."
                            : "Send the body without a Content-Encoding.");
        }
        return request.getContentLengthLong() > rule.max() ? new PayloadTooLargeException(rule.max()) : null;
    }

    private static boolean isAllowed(String encoding, boolean gzip) {
        return encoding.equalsIgnoreCase("identity") || (gzip && encoding.equalsIgnoreCase("gzip"));
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long max;
        private @Nullable ServletInputStream body;

        Limited(HttpServletRequest request, long max) {
            super(request);
            this.max = max;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            if (body == null) {
                body = new LimitedBody(super.getInputStream(), max);
            }
            return body;
        }
    }
}
