package io.twostep.job.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * An answer of server-sent events that no thread waits for. Spring's emitters write until the reader has taken it all;
 * here nothing is written before the reader has taken what was written before, and the server cuts the connection of
 * one that takes nothing for as long as it lets others take to send ({@code server.tomcat.connection-timeout}).
 */
final class EventStream implements WriteListener, AsyncListener {

    private final AsyncContext context;
    private final ServletOutputStream out;
    private boolean open = true;

    private EventStream(AsyncContext context, ServletOutputStream out) {
        this.context = context;
        this.out = out;
    }

    /** Begins the answer. */
    static EventStream open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        describe(response);
        AsyncContext context = request.startAsync();
        context.setTimeout(0);
        ServletOutputStream out = response.getOutputStream();
        EventStream stream = new EventStream(context, out);
        context.addListener(stream);
        out.setWriteListener(stream);
        return stream;
    }

    /** Says what the answer is, and that nobody between keeps it or holds it back. */
    static void describe(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("X-Accel-Buffering", "no");
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Whether the reader has taken all that was written. */
    synchronized boolean isReady() {
        return open && out.isReady();
    }

    /** Writes some events; only when ready. */
    synchronized void send(CharSequence events) {
        try {
            if (open) {
                out.write(events.toString().getBytes(StandardCharsets.UTF_8));
                if (out.isReady()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            close();
        }
    }

    /** Ends the answer, if it has not ended. */
    synchronized void close() {
        if (open) {
            open = false;
            complete();
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            // The server has ended it already.
        }
    }

    /** Whoever writes asks by itself whether it can. */
    @Override
    public void onWritePossible() {}

    /** The reader has gone, or takes nothing. */
    @Override
    public void onError(Throwable failure) {
        close();
    }

    /** The last word on a failure: without it the server would add an error page to the answer. */
    @Override
    public void onError(AsyncEvent event) {
        close();
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
