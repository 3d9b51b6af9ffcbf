package io.twostep.nn;

import io.twostep.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How wide the hidden layers of a spec are, as far as it says: a residual block must give as many units as it takes. Where a
 * block stands before the first dense layer, it takes as many as the network has inputs.
 */
final class Widths {

    private final List<Problem> problems = new ArrayList<>();

    /** Of the place under way; null for the network's inputs. */
    private @Nullable Integer width;

    private @Nullable Demand demand;

    /**
     * That the network has so many inputs.
     *
     * @param pointer of the block that asks for it
     */
    record Demand(String pointer, int inputs) {}

    private Widths() {}

    static Widths of(List<LayerSpec> layers) {
        Widths widths = new Widths();
        widths.walk(layers, "/layers");
        return widths;
    }

    /** What does not fit whatever the inputs. */
    List<Problem> problems() {
        return problems;
    }

    /** Null if any number of inputs will do. */
    @Nullable
    Demand demand() {
        return demand;
    }

    private void walk(List<LayerSpec> layers, String pointer) {
        for (int i = 0; i < layers.size(); i++) {
            LayerSpec layer = layers.get(i);
            if (layer instanceof LayerSpec.Dense dense) {
                width = dense.units();
            } else if (layer instanceof LayerSpec.Residual block) {
                walk(block, pointer + "/" + i);
            }
        }
    }

    private void walk(LayerSpec.Residual block, String pointer) {
        Integer taken = width;
        walk(block.layers(), pointer + "/layers");
        Integer given = width;
        if (taken == null && demand != null) {
            taken = demand.inputs;
        }
        if (given == null || Objects.equals(given, taken)) {
            return;
        }
        if (taken == null) {
            demand = new Demand(pointer, given);
        } else {
            problems.add(misfit(pointer, given, taken + " units", taken));
        }
    }

    /**
     * A block that takes the network's inputs, and does not fit.
     *
     * @param least the fewest that there may be
     * @param most the most
     */
    static Problem misfit(Demand demand, long least, long most) {
        return least == most
                ? misfit(demand.pointer, demand.inputs, "the network's " + most + " inputs", most)
                : misfit(
                        demand.pointer,
                        demand.inputs,
                        "the network's inputs, which are " + least + " to " + most,
                        null);
    }

    /** @param width of what the block takes; null if it is not known */
    private static Problem misfit(String pointer, int given, String taken, @Nullable Number width) {
        return new Problem(
                pointer,
                "takes " + taken + ", but gives " + given + " units, and both are added: "
                        + (width == null ? "" : "end it with a dense layer of " + width + " units, or ")
                        + "put a dense layer of " + given + " units before it");
    }
}
