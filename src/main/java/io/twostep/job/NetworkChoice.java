package io.twostep.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.OutputSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network of a request: the id or name of a stored one, or a description in place.
 *
 * @param reference null if it is described
 * @param spec null if it is referred to
 */
public record NetworkChoice(
        @Nullable String reference, @Nullable NetworkSpec spec) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static NetworkChoice stored(String idOrName) {
        return new NetworkChoice(idOrName, null);
    }

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    static NetworkChoice described(List<LayerSpec> layers, @Nullable OutputSpec output) {
        return described(new NetworkSpec(layers, output == null ? OutputSpec.FROM_TARGET : output));
    }

    public static NetworkChoice described(NetworkSpec spec) {
        return new NetworkChoice(null, spec);
    }
}
