package io.twostep.benchmark;

import io.twostep.TwostepApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Uploads a table of the shape of W3 to the service and trains one epoch with it, over HTTP, in the JVM that this runs
 * in, which should be small: {@code -Dbenchmark.jvm.arguments=-Xmx512m}. Arguments: ROWS FOLDER, as in
 * {@code 1300000 /tmp/trial}, whose encoded rows are 4 GB. The folder, which is kept, needs room for four times as much
 * while the table is uploaded; a second run with it uploads nothing.
 */
public final class ScaleTrial {

    private static final long MEGABYTE = 1 << 20;
    private static final long PAUSE_MILLIS = 250;

    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonMapper json = JsonMapper.shared();
    private final String api;
    private final long start = System.nanoTime();

    private ScaleTrial(String port) {
        this.api = "http://localhost:" + port + "/api/v1";
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rows = Integer.parseInt(arguments[0]);
        try (ConfigurableApplicationContext service = SpringApplication.run(
                TwostepApplication.class,
                "--twostep.data-dir=" + arguments[1],
                "--server.port=0",
                "--twostep.samples=false",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off",
                "--twostep.dataset.max-bytes=100GB",
                "--twostep.dataset.max-cells=100000000000")) {
            new ScaleTrial(service.getEnvironment().getProperty("local.server.port")).run(rows);
        }
    }

    private void run(int rows) throws IOException, InterruptedException {
        System.out.printf(
                "heap at most %d MB, encoded rows %.1f MB%n",
                Runtime.getRuntime().maxMemory() / MEGABYTE,
                (double) rows * (PixelCsv.PIXELS + 10) * Float.BYTES / MEGABYTE);
        String name = "pixels-" + rows;
        if (get("/datasets/" + name).path("rows").asInt() != rows) {
            tell("uploading");
            post("/datasets?name=" + name, "text/csv", BodyPublishers.ofInputStream(() -> new PixelCsv(rows)));
        }
        JsonNode job = post("/training-jobs", "application/json", BodyPublishers.ofString("""
                {"dataset":"%s","target":"%s","task":"classification","epochs":1,"batch_size":128,
                 "network":{"layers":[{"type":"dense","units":256},{"type":"dense","units":128}]},"model":"%s"}""".formatted(
                        name, PixelCsv.TARGET, name)));
        JsonNode finished = follow(job.path("id").asString());
        tell(finished.path("status").asString() + " " + finished.path("error"));
        JsonNode model = get("/models/" + name);
        System.out.println(model.path("metrics"));
        System.out.println("weights_sha256 " + model.path("weights_sha256").asString());
        memory().forEach(System.out::println);
    }

    private JsonNode follow(String job) throws IOException, InterruptedException {
        String phase = "";
        while (true) {
            JsonNode view = get("/training-jobs/" + job);
            if (view.hasNonNull("finished_at")) {
                return view;
            }
            String now = view.path("phase").asString("queued");
            if (!now.equals(phase)) {
                tell(now);
                phase = now;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private void tell(String what) {
        System.out.printf("%7.1f s  %s%n", (System.nanoTime() - start) / 1e9, what);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(api + path)).build());
    }

    private JsonNode post(String path, String type, BodyPublisher body) throws IOException, InterruptedException {
        JsonNode answer = send(HttpRequest.newBuilder(URI.create(api + path))
                .header("Content-Type", type)
                .POST(body)
                .build());
        if (answer.path("id").isMissingNode()) {
            throw new IllegalStateException(answer.toString());
        }
        return answer;
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return json.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    /** The peak of the process and of what it has in memory, where the system tells. */
    private static Stream<String> memory() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                ? Files.readAllLines(status).stream().filter(line -> line.matches("(VmHWM|RssAnon|RssFile):.*"))
                : Stream.empty();
    }
}
