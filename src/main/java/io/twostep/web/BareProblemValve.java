package io.twostep.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** What Tomcat itself refuses, before any of our code runs, is answered with problem details of no special type. */
public final class BareProblemValve extends ErrorReportValve {

    private static final String BODY = "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}";

    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        correct(request, response);
        int code = response.getStatus();
        if (code < HttpStatus.BAD_REQUEST.value() || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        HttpStatus status = HttpStatus.resolve(code);
        byte[] body = BODY.formatted(status == null ? "Error" : status.getReasonPhrase(), code)
                .getBytes(StandardCharsets.UTF_8);
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("The client has gone", e);
        }
    }

    /** Tomcat finds no host in a request whose head it no longer reads, because it leaves: that is not the client's fault. */
    private static void correct(Request request, Response response) {
        if (response.getStatus() == HttpStatus.BAD_REQUEST.value()
                && request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused()) {
            response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        }
    }
}
