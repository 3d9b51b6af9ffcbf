package io.twostep.training;

import io.twostep.kind.Kinds;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Noise;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kinds to train with, at least one of each sort, with all that they may have to remember. */
final class Vocabulary {

    static final List<FirstOrder> OPTIMIZERS = List.of(
            new Sgd(0.01),
            new Momentum(0.01, 0.9, false),
            new Momentum(0.01, 0.9, true),
            new RmsProp(0.002, 0.9, 1e-8, 0, false),
            new RmsProp(0.002, 0.9, 1e-8, 0.5, true),
            new Adagrad(0.02, 0.1, 1e-10),
            new Adadelta(1, 0.9, 1e-4),
            Adam.of(0.01),
            new Adam(0.01, 0.9, 0.99, 1e-8, true),
            new AdamW(0.01, 0.9, 0.999, 1e-8, 0.1, false),
            new Nadam(0.005, 0.9, 0.999, 1e-8, 0.004));

    /** Those that take all rows at once, and no schedule. */
    static final List<Lbfgs> FULL_BATCH = List.of(Lbfgs.remembering(3), new Lbfgs(0.5, 10, 1e-4, 0.5, 0));

    static final List<LearningRateSchedule> SCHEDULES = List.of(
            new LearningRateSchedule.Constant(),
            new LearningRateSchedule.Step(2, 0.5),
            new LearningRateSchedule.Exponential(0.8),
            new LearningRateSchedule.Polynomial(2, 0.1),
            new LearningRateSchedule.Cosine(0.01, null, 1),
            new LearningRateSchedule.Cosine(0, 1, 2),
            new LearningRateSchedule.OneCycle(0.3, 0.04, 4e-6),
            new LearningRateSchedule.ReduceOnPlateau(0.5, 1, 0.05, 1, 0.1),
            new LearningRateSchedule.WarmUp(5L, null, new LearningRateSchedule.ReduceOnPlateau(0.7, 2, 0.05, 0, 0)));

    /** With noise at the inputs and behind each layer, and a normalisation. */
    static final List<LayerSpec> NOISY = List.of(
            new Noise.Gaussian(0.1),
            new Noise.Dropout(0.1),
            LayerSpec.Dense.of(24, new Activation.Relu()),
            new Noise.Dropout(0.3),
            new LayerSpec.LayerNormalization(1e-5, new Activation.Tanh()),
            LayerSpec.Dense.of(10, new Activation.Identity()),
            new Noise.Gaussian(0.05),
            new Noise.Dropout(0.2));

    /** Residual blocks of five inputs, with noise at every place. */
    static final List<LayerSpec> RESIDUAL = List.of(
            new Noise.Gaussian(0.1),
            new LayerSpec.Residual(
                    List.of(
                            LayerSpec.Dense.of(24, new Activation.Relu()),
                            new LayerSpec.LayerNormalization(1e-5, new Activation.Identity()),
                            LayerSpec.Dense.of(5, new Activation.Identity())),
                    new Activation.Relu()),
            new Noise.Dropout(0.1),
            LayerSpec.Dense.of(12, new Activation.Tanh()),
            new LayerSpec.Residual(
                    List.of(
                            new Noise.Dropout(0.1),
                            LayerSpec.Dense.of(12, new Activation.Relu()),
                            new Noise.Gaussian(0.05)),
                    new Activation.Identity()));

    /** Batch normalisations of the inputs, of a hidden layer, and in a residual block. */
    static final List<LayerSpec> BATCH_NORMALIZED = List.of(
            new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Identity()),
            LayerSpec.Dense.of(20, new Activation.Identity()),
            new LayerSpec.BatchNormalization(1e-3, 0.5, new Activation.Relu()),
            new Noise.Dropout(0.1),
            new LayerSpec.Residual(
                    List.of(
                            LayerSpec.Dense.of(20, new Activation.Identity()),
                            new LayerSpec.BatchNormalization(1e-5, 0.01, new Activation.Identity())),
                    new Activation.Relu()));

    private Vocabulary() {}

    static Stream<Optimizer> allOptimizers() {
        return Stream.concat(OPTIMIZERS.stream(), FULL_BATCH.stream());
    }

    /** The kinds of a family of which there is none among some values. */
    static Set<String> missing(Class<?> family, List<?> values) {
        Set<String> missing = new TreeSet<>(Kinds.of(family).keySet());
        missing.removeAll(
                values.stream().map(value -> Kinds.nameOf(value.getClass())).collect(Collectors.toSet()));
        return missing;
    }
}
