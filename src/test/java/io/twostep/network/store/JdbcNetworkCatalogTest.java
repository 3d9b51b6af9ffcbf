package io.twostep.network.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.network.NetworkCatalog;
import io.twostep.network.NetworkDefinition;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import io.twostep.storage.Ids;
import io.twostep.storage.OnEveryDatabase;
import io.twostep.storage.TestDatabase;
import io.twostep.web.Json;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@OnEveryDatabase
class JdbcNetworkCatalogTest {

    private static final NetworkSpec SPEC = new NetworkSpec(
            List.of(
                    LayerSpec.Dense.of(16, new Activation.LeakyRelu(0.2)),
                    new LayerSpec.Dense(
                            8, new Activation.Tanh(), new Initializer.Uniform(-0.5, 0.5), new Initializer.Zeros())),
            new OutputSpec(new Activation.Identity(), new Loss.Huber(2)));

    private final NetworkCatalog networks;

    JdbcNetworkCatalogTest(TestDatabase database) {
        networks = new JdbcNetworkCatalog(JdbcClient.create(database.migrated()), Json.mapper());
    }

    @Test
    void keepsAllOfANetwork() {
        NetworkDefinition network = insert("small");

        assertThat(networks.byId(network.id())).contains(network);
        assertThat(networks.byName("small")).contains(network);
    }

    @Test
    void doesNotFindWhatIsNotThere() {
        insert("small");

        assertThat(networks.byId("small")).isEmpty();
        assertThat(networks.byName("SMALL")).isEmpty();
    }

    @Test
    void keepsTheFirstOfAName() {
        NetworkDefinition first = insert("small");
        NetworkDefinition second = network("small");

        assertThat(networks.insert(second)).isFalse();
        assertThat(networks.byName("small")).contains(first);
        assertThat(networks.byId(second.id())).isEmpty();
    }

    @Test
    void pagesInTheOrderOfMaking() {
        NetworkDefinition first = insert("b");
        NetworkDefinition second = insert("a");
        NetworkDefinition third = insert("c");

        assertThat(networks.page(null, 2)).containsExactly(first, second);
        assertThat(networks.page(second.id(), 2)).containsExactly(third);
        assertThat(networks.page(third.id(), 2)).isEmpty();
    }

    @Test
    void forgetsANetworkAndFreesItsName() {
        NetworkDefinition first = insert("small");

        networks.delete(first.id());

        assertThat(networks.byId(first.id())).isEmpty();
        assertThat(networks.byName("small")).isEmpty();
        assertThat(networks.insert(network("small"))).isTrue();
    }

    private NetworkDefinition insert(String name) {
        NetworkDefinition network = network(name);
        assertThat(networks.insert(network)).isTrue();
        return network;
    }

    private static NetworkDefinition network(String name) {
        return new NetworkDefinition(Ids.next("net"), name, SPEC, Instant.parse("2026-01-31T12:00:00.123456Z"));
    }
}
