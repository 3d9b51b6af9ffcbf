package io.twostep.benchmark;

import io.twostep.kind.Kinds;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.Noise;
import io.twostep.nn.Regularizer;
import io.twostep.training.Clipping;
import io.twostep.training.Examples;
import io.twostep.training.LearningRateSchedule;
import io.twostep.training.Optimizer;
import io.twostep.training.StoppingRule;
import io.twostep.training.TrainingSpec;
import io.twostep.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of optimiser, layer, regulariser and clipping costs: samples per second, and that as a part of what the
 * workload reaches as it is, A B A B. Arguments: WORKLOAD THREADS ROUNDS SECONDS, as in {@code W2 2 5 0.4}.
 */
final class KindTable {

    /** One kind in place of the workload's own, or beside it. */
    private record Variant(String name, Network network, TrainingSpec spec) {}

    private final Workload workload;
    private final Examples examples;
    private final int threads;
    private final double seconds;

    private KindTable(Workload workload, int threads, double seconds) {
        this.workload = workload;
        this.examples = workload.examples();
        this.threads = threads;
        this.seconds = seconds;
    }

    public static void main(String[] arguments) {
        KindTable table = new KindTable(
                Workload.valueOf(arguments[0]), Integer.parseInt(arguments[1]), Double.parseDouble(arguments[3]));
        table.print(Integer.parseInt(arguments[2]));
    }

    private void print(int rounds) {
        Variant base = with("as it is", List.of(), Regularizer.NONE, null);
        for (int warm = 0; warm < 6; warm++) {
            round(base);
        }
        for (Variant variant : variants()) {
            List<Double> figures = new ArrayList<>();
            List<Double> parts = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                double usual = round(base);
                double figure = round(variant);
                figures.add(figure);
                parts.add(figure / usual);
            }
            System.out.printf(
                    "%s %-24s threads=%d median=%.0f samples/s, %.2f of the workload as it is%n",
                    workload, variant.name, threads, Figures.median(figures), Figures.median(parts));
        }
    }

    private double round(Variant variant) {
        return TrainingBenchmark.round(workload, variant.network, variant.spec, examples, threads, seconds);
    }

    private List<Variant> variants() {
        List<Variant> variants = new ArrayList<>();
        for (String name : Kinds.of(Optimizer.class).keySet()) {
            Optimizer optimizer = Json.mapper().convertValue(Map.of(Kinds.FIELD, name), Optimizer.class);
            variants.add(new Variant(name, network(List.of()), spec(optimizer, Regularizer.NONE, null)));
        }
        variants.add(with("dropout", List.of(new Noise.Dropout(0.5)), Regularizer.NONE, null));
        variants.add(with("gaussian_noise", List.of(new Noise.Gaussian(0.1)), Regularizer.NONE, null));
        LayerSpec normalization = new LayerSpec.LayerNormalization(1e-5, new Activation.Identity());
        variants.add(with("layer_normalization", List.of(normalization), Regularizer.NONE, null));
        LayerSpec batch = new LayerSpec.BatchNormalization(1e-5, 0.1, new Activation.Identity());
        variants.add(with("batch_normalization", List.of(batch), Regularizer.NONE, null));
        LayerSpec.Dense dense = LayerSpec.Dense.of(32, new Activation.Relu());
        variants.add(with("32 units", List.of(dense), Regularizer.NONE, null));
        LayerSpec residual = new LayerSpec.Residual(List.of(dense), new Activation.Identity());
        variants.add(with("32 units, residual", List.of(dense, residual), Regularizer.NONE, null));
        variants.add(with("l1", List.of(), new Regularizer(1e-4, 0), null));
        variants.add(with("l2", List.of(), new Regularizer(0, 1e-4), null));
        variants.add(with("max_norm", List.of(), new Regularizer(0, 0, 3.0), null));
        variants.add(with("clipping by norm", List.of(), Regularizer.NONE, new Clipping.Norm(1)));
        variants.add(with("clipping by value", List.of(), Regularizer.NONE, new Clipping.Value(1)));
        return variants;
    }

    private Variant with(String name, List<LayerSpec> behind, Regularizer regularizer, @Nullable Clipping clipping) {
        return new Variant(name, network(behind), spec(workload.optimizer(), regularizer, clipping));
    }

    private Network network(List<LayerSpec> behind) {
        return workload.network(new Activation.Relu(), behind);
    }

    private TrainingSpec spec(Optimizer optimizer, Regularizer regularizer, @Nullable Clipping clipping) {
        return new TrainingSpec(
                optimizer,
                new LearningRateSchedule.Constant(),
                clipping,
                1_000_000,
                workload.batchSize(),
                regularizer,
                StoppingRule.NONE,
                42);
    }
}
