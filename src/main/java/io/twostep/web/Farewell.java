package io.twostep.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first thing of a service that leaves: for a moment it goes on answering, each time with the word that the
 * connection is not to be used again. Otherwise a client would send its next request into a connection that is just
 * being closed, and could not tell whether it was heard.
 */
final class Farewell extends OncePerRequestFilter implements SmartLifecycle {

    private final Duration moment;
    private volatile boolean running;
    private volatile boolean leaving;

    /** @param moment how long it lasts: longer than active clients take from one request to the next */
    Farewell(Duration moment) {
        this.moment = moment;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (leaving) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }

    @Override
    public void start() {
        running = true;
        leaving = false;
    }

    @Override
    public void stop() {
        leaving = true;
        try {
            Thread.sleep(moment.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the server stops to listen. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
