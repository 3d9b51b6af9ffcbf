package io.twostep.benchmark;

import io.twostep.features.ClassTarget;
import io.twostep.features.Feature;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numeric;
import io.twostep.features.TargetEncoder;
import io.twostep.model.ModelSchema;
import io.twostep.model.NewModel;
import io.twostep.model.TestModels;
import io.twostep.nn.Activation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.List;
import java.util.stream.IntStream;

/** A model in the shape of a workload: numeric columns, weights as they are before training. */
final class ServedModel {

    private ServedModel() {}

    static NewModel of(Workload workload, String name) {
        Network network = workload.network(new Activation.Relu());
        NewModel other = TestModels.trainedBy("job", name, 42);
        return new NewModel(
                name,
                other.jobId(),
                network,
                schema(network),
                other.evaluation(),
                other.provenance(),
                Parameters.initialize(network, 42));
    }

    /** Columns whose values lie about 0.5, as those of the requests do. */
    static ModelSchema schema(Network network) {
        List<Feature> columns = IntStream.range(0, network.inputs())
                .<Feature>mapToObj(i -> new Numeric("pixel" + i, 0.5, 0.5, 0.29))
                .toList();
        TargetEncoder target = network.outputs() == 1
                ? new NumberTarget("y", 0, 1, false)
                : new ClassTarget(
                        "digit",
                        IntStream.range(0, network.outputs())
                                .mapToObj(String::valueOf)
                                .toList());
        return new ModelSchema(new FeatureEncoder(columns), target);
    }
}
