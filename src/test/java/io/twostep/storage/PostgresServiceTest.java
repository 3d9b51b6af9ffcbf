package io.twostep.storage;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.restassured.specification.RequestSpecification;
import io.twostep.openapi.OpenApiFilter;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a PostgreSQL server, moved there by properties alone. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
class PostgresServiceTest {

    @TempDir
    static Path folder;

    private static PGSimpleDataSource server;

    @LocalServerPort
    private int port;

    /** Before the service starts: where there is no server this class is skipped, and no service fails to start. */
    @BeforeAll
    static void findServer() {
        server = (PGSimpleDataSource) TestDatabase.POSTGRESQL.empty("service" + System.nanoTime());
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry properties) {
        properties.add("twostep.data-dir", folder::toString);
        properties.add("spring.datasource.url", server::getUrl);
        properties.add("spring.datasource.username", server::getUser);
        properties.add("spring.datasource.password", () -> Objects.requireNonNullElse(server.getPassword(), ""));
    }

    @Test
    void trainsAndPredicts() {
        api().contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"dataset\":\"penguins\",\"target\":\"species\",\"epochs\":5}")
                .post("/training-jobs")
                .then()
                .statusCode(201)
                .body("status", equalTo("succeeded"));
        api().get("/models/penguins/predictions?island=Biscoe")
                .then()
                .statusCode(200)
                .body("predictions", hasSize(1));
        given().port(port).get("/actuator/health").then().body("components.db.details.database", equalTo("PostgreSQL"));
    }

    private RequestSpecification api() {
        return given().port(port).basePath("/api/v1").filter(new OpenApiFilter());
    }
}
