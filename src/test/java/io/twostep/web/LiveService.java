package io.twostep.web;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.twostep.openapi.OpenApiFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * The whole service on a port of its own, with its data in a temporary folder. All tests that extend this class
 * without further configuration talk to the same one, so each names its
 * datasets as no other does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
public abstract class LiveService {

    private static final Path FOLDER = temporaryFolder();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry properties) {
        properties.add("twostep.data-dir", FOLDER::toString);
        properties.add("server.tomcat.connection-timeout", () -> "2s"); // several tests wait until it has passed
    }

    /** A request to {@code /api/v1}, whose answer must be as openapi.yaml says. */
    protected RequestSpecification api() {
        return service().basePath("/api/v1").filter(new OwnNames(getClass())).filter(new OpenApiFilter());
    }

    /** Sends a table. */
    protected ValidatableResponse upload(String name, String csv) {
        return api().contentType("text/csv")
                .body(csv.getBytes(StandardCharsets.UTF_8))
                .post("/datasets?name=" + name)
                .then();
    }

    /** Sends a request for a job, as text or as what is to be written as JSON, and waits for its end, as long as the service lets it. */
    protected ValidatableResponse submit(String path, Object json) {
        return api().contentType("application/json")
                .header("Prefer", "wait=60")
                .body(json)
                .post(path)
                .then();
    }

    /** A request to any path. */
    protected RequestSpecification service() {
        return given().port(port).urlEncodingEnabled(false);
    }

    protected int port() {
        return port;
    }

    private static Path temporaryFolder() {
        try {
            Path folder = Files.createTempDirectory("twostep");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(folder.toFile())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
