package io.twostep.job;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.ClassTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelSchema;
import io.twostep.model.ModelVersion;
import io.twostep.model.WarmStart;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.training.Preparation;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** With which numbers a training begins. */
final class StartParameters {

    private final ModelRegistry models;

    StartParameters(ModelRegistry models) {
        this.models = models;
    }

    /**
     * Those of the model that the request names, or else what the seed makes of the network.
     *
     * @return the caller's own
     * @throws ServiceException {@link ErrorCode#INCOMPATIBLE_DATASET} if the model's weights mean something else, since its
     *     columns had other values; {@link ErrorCode#MODEL_DAMAGED}
     */
    Parameters of(JobSubmission submission, Preparation prepared) {
        WarmStart start = submission.warmStart();
        if (start == null) {
            return Parameters.initialize(
                    prepared.network(), submission.recipe().training().seed());
        }
        ModelVersion model = models.find(start.model(), start.version());
        requireSameInputs(model.schema(), prepared);
        requireSameOutputs(model.schema().target(), prepared.target());
        requireSameShapes(model.network(), prepared.network());
        return models.weights(model).toParameters(model.network()).carriedOver(model.network(), prepared.network());
    }

    private static void requireSameInputs(ModelSchema schema, Preparation prepared) {
        List<String> theirs = schema.features().inputNames();
        List<String> ours = prepared.features().inputNames();
        if (!theirs.equals(ours)) {
            throw refusal("has the inputs " + Excerpt.of(String.join(", ", theirs)) + ", but here they are "
                    + Excerpt.of(String.join(", ", ours)));
        }
    }

    private static void requireSameOutputs(TargetEncoder theirs, TargetEncoder ours) {
        List<List<String>> known = labels(theirs);
        List<List<String>> met = labels(ours);
        if (!known.equals(met)) {
            throw refusal("knows the classes " + told(known) + ", but here they are " + told(met));
        }
    }

    /** Of each target that has classes. */
    private static List<List<String>> labels(TargetEncoder target) {
        return target.targets().stream()
                .flatMap(each -> each instanceof ClassTarget classes ? Stream.of(classes.labels()) : Stream.empty())
                .toList();
    }

    private static String told(List<List<String>> labels) {
        return Excerpt.of(labels.stream().map(each -> String.join(", ", each)).collect(Collectors.joining("; ")));
    }

    private static void requireSameShapes(Network theirs, Network ours) {
        if (!shapes(theirs).equals(shapes(ours))) {
            throw refusal("has weights of " + shapes(theirs) + ", but here they are " + shapes(ours));
        }
    }

    private static List<String> shapes(Network network) {
        return network.layers().stream()
                .filter(layer -> layer.parameterCount() > 0)
                .map(layer -> layer.weightRows() + " x " + layer.units())
                .toList();
    }

    private static ServiceException refusal(String detail) {
        return new ServiceException(
                ErrorCode.INCOMPATIBLE_DATASET, List.of(new Problem("/warm_start", "the model " + detail)));
    }
}
