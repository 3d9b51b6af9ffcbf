package io.twostep.job.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads server-sent events as a browser does, on a thread of its own. */
final class EventClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Event CUT = new Event("", "", "");
    private static final long PATIENCE_SECONDS = 30;

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    /** A field that an event does not have is empty; what stands before the first event, and comments, have no data. */
    record Event(String id, String name, String data) {

        JsonNode json() {
            return JSON.readTree(data);
        }

        /** The epochs that an event tells. */
        List<Integer> epochs() {
            return json().get("rows")
                    .valueStream()
                    .map(row -> row.get(0).intValue())
                    .toList();
        }
    }

    private EventClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-client");
        reader.setDaemon(true);
        reader.start();
    }

    static EventClient follow(int port, String jobId, @Nullable String lastEventId) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/api/v1/training-jobs/" + jobId + "/events"))
                .header("Accept", "text/event-stream")
                .timeout(Duration.ofSeconds(PATIENCE_SECONDS));
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return new EventClient(
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    HttpResponse<InputStream> response() {
        return response;
    }

    /** The next event; comments are passed over. */
    Event next() throws InterruptedException {
        Event event = events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(event).as("an event").isNotNull();
        return event.data().isEmpty() && event != CUT ? next() : event;
    }

    /** All events that are still to come, until the service ends the answer. */
    List<Event> rest() throws InterruptedException {
        List<Event> rest = new ArrayList<>();
        for (Event event = next(); event != CUT; event = next()) {
            rest.add(event);
        }
        return rest;
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = new HashMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(new Event(
                            fields.getOrDefault("id", ""),
                            fields.getOrDefault("event", ""),
                            fields.getOrDefault("data", "")));
                    fields.clear();
                } else {
                    String[] parts = line.split(": ", 2);
                    fields.put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            // Cut; that is an end as well.
        }
        events.add(CUT);
    }
}
