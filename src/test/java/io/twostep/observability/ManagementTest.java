package io.twostep.observability;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.twostep.web.LiveService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementTest extends LiveService {

    @Test
    void saysWhetherItLivesAndIsReady() {
        service().get("/actuator/health/liveness").then().statusCode(200).body("status", equalTo("UP"));
        service()
                .get("/actuator/health/readiness")
                .then()
                .statusCode(200)
                .body("status", equalTo("UP"))
                .body("components", hasKey("db"));
    }

    @Test
    void saysWhatComputesAndNothingOfTheMachine() {
        service()
                .get("/actuator/health")
                .then()
                .statusCode(200)
                .body("components.db.status", equalTo("UP"))
                .body("components.arithmetic.details.portable", equalTo("plain Java, StrictMath"))
                .body("components.arithmetic.details.native", notNullValue())
                .body(not(containsString("/tmp")));
    }

    @Test
    void canBeScraped() {
        service().get("/actuator/prometheus").then().statusCode(200).body(containsString("jvm_memory_used_bytes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "heapdump",
                "threaddump",
                "shutdown",
                "loggers",
                "beans",
                "configprops",
                "mappings",
                "flyway"
            })
    void showsNothingElse(String endpoint) {
        service().get("/actuator/" + endpoint).then().statusCode(404);
    }
}
