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
public final class ServiceProcess implements AutoCloseable {

    /** Options with which Java starts sooner, for tests that start it often. */
    public static final List<String> SOON = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration POLL = Duration.ofMillis(50);

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
        ServiceProcess service = launch(dataFolder, List.of(), List.of(javaOptions), packaged());
        service.awaitReady();
        return service;
    }

    /**
     * Starts the service and does not wait for it.
     *
     * @param under a command that runs another one, such as {@code strace}; empty for none
     * @param main what Java shall run: {@link #packaged} or another composition of the service
     */
    public static ServiceProcess launch(
            Path dataFolder, List<String> under, List<String> javaOptions, List<String> main) {
        try {
            int port = freePort();
            List<String> command = new ArrayList<>(under);
            command.add(java());
            command.addAll(javaOptions);
            command.addAll(main);
            command.addAll(List.of("--server.port=" + port, "--twostep.data-dir=" + dataFolder));
            Path log = Files.createTempFile("service", ".log");
            log.toFile().deleteOnExit();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new ServiceProcess(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The service as it is shipped. */
    public static List<String> packaged() {
        try {
            return List.of("-jar", jar().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** A path as this process sees it, which may have mounted something there. */
    public Path seenFromOutside(Path path) {
        return Path.of("/proc/" + process.pid() + "/root" + path);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code of a process that ends by itself. */
    public int exitCode() {
        awaitEnd();
        return process.exitValue();
    }

    RequestSpecification api() {
        return RestAssured.given().port(port).basePath("/api/v1").filter(new OpenApiFilter());
    }

    RequestSpecification actuator() {
        return RestAssured.given().port(port).basePath("/actuator");
    }

    /** SIGKILL: no handler of the process runs. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, without waiting for the end. */
    public void terminate() {
        process.destroy();
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

    /** Returns when the service takes requests; fails if it ends instead. */
    public void awaitReady() {
        try {
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(POLL)
                    .until(() -> !process.isAlive() || isReady());
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

    /** All that the process has said. */
    public String output() {
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
