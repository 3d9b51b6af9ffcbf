package io.twostep.web;

import io.twostep.error.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every exception with problem details. Comes last, so that the protocols of others, which have error shapes
 * of their own, can be served by an advice before it.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_SECONDS = "5";

    private final String start = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final AtomicLong faults = new AtomicLong();

    /**
     * The answer, or null when nobody waits for one any more.
     *
     * @throws Exception the failure itself where a part of the answer is on its way: the server then cuts the
     *     connection, so that nobody takes that part for the whole
     */
    @ExceptionHandler
    @Nullable
    ResponseEntity<ProblemAnswer> answer(Exception failure, HttpServletRequest request, HttpServletResponse response)
            throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            log.debug("The client has gone: {} {}", request.getMethod(), request.getRequestURI());
            return null;
        }
        if (response.isCommitted()) {
            log.error("{} {} failed halfway", request.getMethod(), request.getRequestURI(), failure);
            throw failure;
        }
        Fault fault = Faults.of(failure);
        HttpHeaders headers = failure instanceof ErrorResponse error ? error.getHeaders() : HttpHeaders.EMPTY;
        return answer(fault, headers, request.getRequestURI(), traced(fault, failure, request));
    }

    static ResponseEntity<ProblemAnswer> answer(
            Fault fault, HttpHeaders headers, String path, @Nullable String traceId) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(fault.code().status())
                .headers(headers)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (isTemporary(fault.code())) {
            answer.header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
        }
        return answer.body(ProblemAnswer.of(fault, path, traceId));
    }

    private static boolean isTemporary(ErrorCode code) {
        return code.status() == HttpStatus.TOO_MANY_REQUESTS.value() || code == ErrorCode.STORAGE_UNAVAILABLE;
    }

    private @Nullable String traced(Fault fault, Exception failure, HttpServletRequest request) {
        if (fault.code().status() < HttpStatus.INTERNAL_SERVER_ERROR.value()) {
            return null;
        }
        String traceId = start + "-" + faults.incrementAndGet();
        log.error("{} {} failed, trace_id {}", request.getMethod(), request.getRequestURI(), traceId, failure);
        return traceId;
    }
}
