package io.twostep.network.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A spec and the name it is to have, in one object. */
record NetworkRequest(String name, NetworkSpec spec) {

    @JsonCreator
    static NetworkRequest of(String name, List<LayerSpec> layers, @Nullable OutputSpec output) {
        return new NetworkRequest(name, new NetworkSpec(layers, output == null ? OutputSpec.FROM_TARGET : output));
    }
}
