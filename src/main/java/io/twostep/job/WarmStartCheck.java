package io.twostep.job;

import io.twostep.error.Excerpt;
import io.twostep.error.Names;
import io.twostep.features.Feature;
import io.twostep.features.TargetColumns;
import io.twostep.features.TargetKind;
import io.twostep.kind.Kinds;
import io.twostep.model.ModelVersion;
import io.twostep.model.WarmStart;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Noise;
import io.twostep.training.Recipe;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether a training can begin with the weights of a model: the network must have its shape, and its inputs must mean the
 * same. What the values of the columns have to say about that, as their categories do, comes out when they are read; see
 * {@link StartParameters}.
 */
final class WarmStartCheck {

    private WarmStartCheck() {}

    /** The model that the request names; null if it names none or there is none, which is noted. */
    static @Nullable ModelVersion find(
            @Nullable WarmStartChoice choice,
            Function<WarmStartChoice, Optional<ModelVersion>> models,
            Findings findings) {
        if (choice == null) {
            return null;
        }
        Optional<ModelVersion> found = Names.isValid(choice.model()) ? models.apply(choice) : Optional.empty();
        if (found.isEmpty()) {
            String model = "model " + Excerpt.quoted(choice.model());
            if (choice.version() == null) {
                findings.reference("/warm_start/model", "there is no " + model);
            } else {
                findings.reference("/warm_start", "there is no version " + choice.version() + " of a " + model);
            }
        }
        return found.orElse(null);
    }

    /** Notes what the request asks for otherwise than the model was made. */
    static void check(
            ModelVersion model,
            TrainingRequest request,
            NetworkSpec spec,
            List<String> features,
            TargetKind kind,
            Findings findings) {
        Recipe recipe = model.provenance().recipe();
        String as = ", as for the model of the warm start";
        List<String> hidden = hidden(recipe.network().layers());
        if (!hidden.equals(hidden(spec.layers()))) {
            findings.value("/network", "must have the hidden layers " + hidden + as);
        }
        TargetKind wanted = model.schema().target().kind();
        TargetColumns targets = request.targetColumns();
        if (wanted != kind) {
            findings.column(targets.pointer(), "must be for " + wanted.wireName() + as);
        }
        checkTargets(recipe.targetColumns(), targets, as, findings);
        List<String> known =
                model.schema().features().features().stream().map(Feature::name).toList();
        if (!known.equals(features)) {
            findings.column("/features", "must be " + Excerpt.of(String.join(", ", known)) + ", in that order" + as);
        }
        if (!recipe.encoding().equals(request.encoding())) {
            findings.value("/encoding", "must be the same" + as);
        }
        if (recipe.unseen() != request.unseen()) {
            findings.value("/unseen", "must be " + recipe.unseen().name().toLowerCase(Locale.ROOT) + as);
        }
    }

    /** Of several, each must be where it was; a single one may be another. */
    private static void checkTargets(TargetColumns theirs, TargetColumns ours, String as, Findings findings) {
        if ((theirs.isSeveral() || ours.isSeveral()) && !theirs.equals(ours)) {
            findings.column(
                    ours.pointer(),
                    "must be " + Excerpt.of(String.join(", ", theirs.names())) + ", in that order" + as);
        }
    }

    static @Nullable WarmStart of(@Nullable ModelVersion model) {
        return model == null ? null : new WarmStart(model.name(), model.version(), model.weightsSha256());
    }

    /** All but the noise. */
    private static List<String> hidden(List<LayerSpec> layers) {
        return layers.stream()
                .filter(layer -> !(layer instanceof Noise))
                .map(WarmStartCheck::hidden)
                .toList();
    }

    /** Of a dense layer the units, of another the name, and what is within. */
    private static String hidden(LayerSpec layer) {
        if (layer instanceof LayerSpec.Dense dense) {
            return String.valueOf(dense.units());
        }
        String name = Kinds.nameOf(layer.getClass());
        return layer instanceof LayerSpec.Residual block ? name + hidden(block.layers()) : name;
    }
}
