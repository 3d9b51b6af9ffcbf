package io.twostep.benchmark;

import io.twostep.TwostepApplication;
import io.twostep.model.ModelRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * Predictions over HTTP: the service itself, on a port and a folder of its own, asked about W3's network by a client in
 * the same process, which costs the same two cores as a client beside it would.
 *
 * <p>Arguments: ROWS CONNECTIONS ROUNDS SECONDS, as in {@code 1 32 8 1}; every connection sends the next request when it
 * has the answer to the last. A fifth argument names a workload that a job trains at the same time in every second round,
 * as in {@code 1 1 8 2 W4}, and a second line shows those rounds. With the single argument {@code serve} it answers whoever asks until it is stopped, and
 * prints where: for wrk, with a body of {@link #body}'s form.
 */
public final class HttpBenchmark {

    private static final String MODEL = "w3";
    private static final double WARM_UP_SECONDS = 8;

    private HttpBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("twostep-benchmark");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
        try (ConfigurableApplicationContext service = start(folder)) {
            service.getBean(ModelRegistry.class).publish(ServedModel.of(Workload.W3, MODEL), version -> true);
            int port = ((ServletWebServerApplicationContext) service)
                    .getWebServer()
                    .getPort();
            String path = "/api/v1/models/" + MODEL + "/predictions";
            if (arguments[0].equals("serve")) {
                System.out.println("http://127.0.0.1:" + port + path);
                Thread.currentThread().join();
            }
            measure(port, path, arguments);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void measure(int port, String path, String[] arguments) throws IOException, InterruptedException {
        int rows = Integer.parseInt(arguments[0]);
        int connections = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        double seconds = Double.parseDouble(arguments[3]);
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", port);
        Rounds idle = new Rounds("", server, request(path, body(rows)), connections);
        if (arguments.length < 5) {
            idle.warmUp();
            for (int round = 0; round < rounds; round++) {
                idle.measure(seconds);
            }
        } else {
            Workload trained = Workload.valueOf(arguments[4]);
            Rounds busy = new Rounds(" while " + trained + " trains", server, request(path, body(rows)), connections);
            idle.warmUp();
            for (int round = 0; round < rounds; round++) {
                idle.measure(seconds);
                try (BackgroundTraining training = new BackgroundTraining(trained)) {
                    training.awaitFirstEpoch();
                    busy.measure(seconds);
                }
            }
            busy.print(rows, connections);
        }
        idle.print(rows, connections);
    }

    /** Rounds under the same conditions. */
    private static final class Rounds {

        private final String condition;
        private final Callers callers;
        private final Figures figures = new Figures();

        Rounds(String condition, InetSocketAddress server, byte[] request, int connections) throws IOException {
            this.condition = condition;
            this.callers = new Callers(server, request, connections);
        }

        void warmUp() throws IOException {
            callers.run(WARM_UP_SECONDS);
            callers.forgetLatencies();
        }

        void measure(double seconds) throws IOException {
            callers.reconnect();
            figures.begin();
            figures.add(callers.run(seconds));
        }

        void print(int rows, int connections) {
            System.out.printf(
                    "twostep http W3 rows=%d connections=%d%s %s p50=%.0f us p99=%.0f us%n",
                    rows,
                    connections,
                    condition,
                    figures.summary("req/s"),
                    callers.latencyMicros(0.5),
                    callers.latencyMicros(0.99));
        }
    }

    private static ConfigurableApplicationContext start(Path folder) {
        return new SpringApplicationBuilder(TwostepApplication.class)
                .run("--twostep.data-dir=" + folder, "--server.port=0", "--logging.level.root=warn");
    }

    /** Rows of 784 numbers of four digits, as the peers are sent. */
    static String body(int rows) {
        Random random = new Random(0);
        return IntStream.range(0, rows)
                .mapToObj(row -> IntStream.range(0, 784)
                        .mapToObj(i -> String.valueOf(Math.round(random.nextDouble() * 1e4) / 1e4))
                        .collect(Collectors.joining(",", "[", "]")))
                .collect(Collectors.joining(",", "{\"instances\":[", "]}"));
    }

    private static byte[] request(String path, String body) {
        return ("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(path, body.length(), body))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
