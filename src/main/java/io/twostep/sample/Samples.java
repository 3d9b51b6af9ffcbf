package io.twostep.sample;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.network.NetworkDefinition;
import io.twostep.network.Networks;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.storage.DataFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.io.ClassPathResource;

/**
 * Something to begin with on a first start: the tables {@code penguins} and {@code vshape}, {@code vnoise} to over-fit,
 * and two networks for the essay's comparison: a perceptron, which can only draw a straight line, and one with a hidden
 * layer, which finds the V.
 */
final class Samples implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(Samples.class);

    /** Weights and biases of both signs, as the essay begins. */
    private static final Initializer BOTH_SIGNS = new Initializer.Uniform(-1, 1);

    private static final String PENGUINS = "penguins";
    private static final String VSHAPE = "vshape";
    private static final String VNOISE = "vnoise";
    private static final String PERCEPTRON = "perceptron";
    private static final String HIDDEN = "hidden";
    private static final Set<String> NAMES = Set.of(PENGUINS, VSHAPE, VNOISE, PERCEPTRON, HIDDEN);

    private final DataFolder dataFolder;
    private final Datasets datasets;
    private final Networks networks;
    private final boolean wanted;

    /** @param wanted whether there shall be samples; without them too the folder is not new after its first start */
    Samples(DataFolder dataFolder, Datasets datasets, Networks networks, boolean wanted) {
        this.dataFolder = dataFolder;
        this.datasets = datasets;
        this.networks = networks;
        this.wanted = wanted;
    }

    /** Before the first request can come in. After a crash on the way, the next start goes on from there. */
    @Override
    public void afterSingletonsInstantiated() {
        if (!dataFolder.isNew()) {
            return;
        }
        if (wanted && !somebodyWasHere()) {
            add(PENGUINS);
            add(VSHAPE);
            add(VNOISE);
            networks.create(PERCEPTRON, NetworkSpec.hidden());
            networks.create(
                    HIDDEN, NetworkSpec.hidden(new LayerSpec.Dense(16, new Activation.Relu(), BOTH_SIGNS, BOTH_SIGNS)));
            log.info("Samples are there: datasets penguins, vshape and vnoise, networks perceptron and hidden");
        }
        dataFolder.furnished();
    }

    private boolean somebodyWasHere() {
        Stream<String> names = Stream.concat(
                datasets.list(null, NAMES.size() + 1).stream().map(Dataset::name),
                networks.page(null, NAMES.size() + 1).stream().map(NetworkDefinition::name));
        return !names.allMatch(NAMES::contains);
    }

    private void add(String name) {
        try (InputStream csv = new ClassPathResource("samples/" + name + ".csv").getInputStream()) {
            datasets.add(name, DatasetFormat.CSV, csv);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
