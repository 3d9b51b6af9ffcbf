package io.twostep.crash;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a service that may die at any moment: then an {@link IOException} says that the answer is not known. */
final class Caller {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final String root;

    Caller(int port) {
        this.root = "http://127.0.0.1:" + port + "/api/v1";
    }

    /** A whole answer. */
    record Answer(int status, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** The service says that it leaves: nothing was done. */
    static final class LeavingException extends IOException {
        private static final long serialVersionUID = 1;

        private LeavingException(String body) {
            super(body);
        }
    }

    Answer get(String path) throws IOException {
        return send(request(path).GET());
    }

    Answer delete(String path) throws IOException {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json) throws IOException {
        return post(path, "application/json", json);
    }

    Answer post(String path, String type, String body) throws IOException {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    /** The same, with an answer that may be held back. */
    Answer postAndWait(String path, String json) throws IOException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=25")
                .POST(BodyPublishers.ofString(json)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(PATIENCE);
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() == UNAVAILABLE) {
                throw new LeavingException(response.body());
            }
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
