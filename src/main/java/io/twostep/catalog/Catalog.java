package io.twostep.catalog;

import io.twostep.features.CategoryEncoding;
import io.twostep.features.MissingNumber;
import io.twostep.kind.Kinds;
import io.twostep.nn.Activation;
import io.twostep.nn.Initializer;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Loss;
import io.twostep.training.Clipping;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.Optimizer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a request may name: all kinds of all families, as the code has them. A new kind is here as soon as its family
 * permits it.
 *
 * @param families in the order in which a request comes to speak of them
 */
public record Catalog(List<Family> families) {

    /** The families of which a request names kinds. */
    public static final Map<String, Class<?>> FAMILIES = known();

    public Catalog {
        families = List.copyOf(families);
    }

    /**
     * A family.
     *
     * @param family its name
     */
    public record Family(String family, List<Kind> kinds) {
        public Family {
            kinds = List.copyOf(kinds);
        }
    }

    /** Looks at every kind once. */
    static Catalog of(JsonMapper json) {
        KindReading reading = new KindReading(json, FAMILIES);
        return new Catalog(FAMILIES.entrySet().stream()
                .map(family -> new Family(
                        family.getKey(),
                        Kinds.of(family.getValue()).values().stream()
                                .map(kind -> reading.read(family.getValue(), kind.asSubclass(Record.class)))
                                .toList()))
                .toList());
    }

    private static Map<String, Class<?>> known() {
        Map<String, Class<?>> families = new LinkedHashMap<>();
        families.put("missing_number", MissingNumber.class);
        families.put("category_encoding", CategoryEncoding.class);
        families.put("layer", LayerSpec.class);
        families.put("activation", Activation.class);
        families.put("initializer", Initializer.class);
        families.put("loss", Loss.class);
        families.put("optimizer", Optimizer.class);
        families.put("schedule", LearningRateSchedule.class);
        families.put("clipping", Clipping.class);
        return Collections.unmodifiableMap(families);
    }
}
