package io.twostep.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.twostep.web.LiveService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.Collections;
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
    void listensOnTheLoopbackAddressOnly() throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                boolean reached;
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, port()), 1000);
                    reached = true;
                } catch (IOException refused) {
                    reached = false;
                }
                assertThat(reached)
                        .as(address.toString())
                        .isEqualTo(address.equals(InetAddress.getByName("127.0.0.1")));
            }
        }
    }

    @Test
    void saysWhetherSomebodyWorks() {
        service().get("/actuator/health").then().body("components.worker.status", equalTo("UP"));
    }

    @Test
    void canBeScraped() {
        service()
                .get("/actuator/prometheus")
                .then()
                .statusCode(200)
                .body(
                        containsString("jvm_memory_used_bytes"),
                        containsString("jvm_buffer_memory_used_bytes{id=\"direct\"}"));
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
