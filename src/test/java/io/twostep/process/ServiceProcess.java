package io.twostep.process;

import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import io.twostep.openapi.OpenApiFilter;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/** The packaged service in a process of its own, as a user starts it with {@code java -jar}. */
final class ServiceProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts the service and returns when it is ready. */
    static ServiceProcess start(Path dataFolder, String... javaOptions) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(List.of(java()));
            command.addAll(List.of(javaOptions));
            command.addAll(
                    List.of("-jar", jar().toString(), "--server.port=" + port, "--twostep.data-dir=" + dataFolder));
            Path log = Files.createTempFile("service", ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServiceProcess service = new ServiceProcess(process, port, log);
            service.awaitReady();
            return service;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RequestSpecification api() {
        return RestAssured.given().port(port).basePath("/api/v1").filter(new OpenApiFilter());
    }

    RequestSpecification actuator() {
        return RestAssured.given().port(port).basePath("/actuator");
    }

    /** SIGKILL: no handler of the process runs. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the process did not end\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        try {
            await().atMost(PATIENCE).pollDelay(Duration.ZERO).until(() -> !process.isAlive() || isReady());
        } catch (ConditionTimeoutException e) {
            process.destroyForcibly();
            throw new AssertionError("the service did not become ready\n" + output(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError("the service ended\n" + output());
        }
    }

    private boolean isReady() {
        try {
            return actuator().get("/health/readiness").statusCode() == 200;
        } catch (Exception e) {
            return false; // nobody listens yet
        }
    }

    private String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("twostep-.*\\.jar"))
                    .map(Path::toAbsolutePath)
                    .max((a, b) -> Long.compare(size(a), size(b)))
                    .orElseThrow(() -> new IllegalStateException("no jar in target: run mvnw verify"));
        }
    }

    private static long size(Path file) {
        return new File(file.toString()).length();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
