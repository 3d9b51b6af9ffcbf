package io.twostep.training;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.training.LearningRateCurve.End;
import io.twostep.training.LearningRateCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains with a learning rate that grows from step to step, and notes the loss on the way. The range test of Smith: Cyclical
 * Learning Rates for Training Neural Networks, 2017, section 3.3, there with a rate that grows linearly; here it grows
 * exponentially, the loss is smoothed, and the end comes where it has grown fourfold, as in fastai's {@code lr_find}.
 */
public final class LearningRateSweep {

    /** Of the mean so far, what is kept, as in fastai. */
    private static final double KEPT = 0.98;

    /** Times the lowest loss. */
    private static final double LOST = 4;

    private final Network network;
    private final Arithmetic arithmetic;
    private final TrainingSpec spec;
    private final Examples examples;
    private final LongSupplier nanoTime;
    private final Cores cores;

    /** As {@link EpochTrial}. */
    public LearningRateSweep(
            Network network,
            Arithmetic arithmetic,
            TrainingSpec spec,
            Examples examples,
            LongSupplier nanoTime,
            Cores cores) {
        this.network = network;
        this.arithmetic = arithmetic;
        this.spec = spec;
        this.examples = examples;
        this.nanoTime = nanoTime;
        this.cores = cores;
    }

    /**
     * Tries the rates, from the seed's start parameters, until the time is up, the step under way being finished.
     *
     * @param nanos for all of them
     */
    public LearningRateCurve run(LearningRateRange range, long nanos) {
        int rows = Math.min(spec.batchSize(), examples.rows());
        if (EpochTrial.takesTooLong(network, arithmetic, rows)) {
            return new LearningRateCurve(List.of(), rows, End.TOO_LONG);
        }
        Partition partition = Partition.of(network, rows);
        cores.beginTraining();
        try (Crew crew = new Crew(partition.worthwhile() ? cores : Trainer.ONE)) {
            RunState state = RunState.start(spec, network);
            Steps steps = new Steps(network, arithmetic, spec, examples, partition, crew, state);
            return new Sweep(range, steps, rows, nanoTime.getAsLong() + nanos).run();
        } finally {
            cores.endTraining();
        }
    }

    private final class Sweep {

        private final Backpropagation losses = new Backpropagation(network, arithmetic);
        private final LearningRateRange range;
        private final Steps steps;
        private final int rows;
        private final long until;
        private final List<Point> points = new ArrayList<>();
        private double mean;
        private double lowest = Double.POSITIVE_INFINITY;

        private Sweep(LearningRateRange range, Steps steps, int rows, long until) {
            this.range = range;
            this.steps = steps;
            this.rows = rows;
            this.until = until;
        }

        private LearningRateCurve run() {
            End end = null;
            while (end == null) {
                int batch = points.size() % steps.count();
                if (batch == 0) {
                    int epoch = 1 + points.size() / steps.count();
                    steps.beginEpoch(epoch);
                }
                end = step(batch);
            }
            return new LearningRateCurve(points, rows, end);
        }

        /** What ends it, or null. */
        private @Nullable End step(int batch) {
            double rate = range.rate(points.size());
            double loss = losses.loss(steps.step(batch, rate), weight(batch));
            if (!Double.isFinite(loss)) {
                return End.DIVERGED;
            }
            double smoothed = smoothed(loss);
            points.add(new Point(rate, loss, smoothed));
            lowest = Math.min(lowest, smoothed);
            if (lowest > 0 && smoothed > LOST * lowest) { // some losses of counts are negative
                return End.DIVERGED;
            }
            if (points.size() == range.steps()) {
                return End.STEPS;
            }
            return nanoTime.getAsLong() - until >= 0 ? End.TIME : null;
        }

        private double smoothed(double loss) {
            mean = KEPT * mean + (1 - KEPT) * loss;
            return mean / (1 - StrictMath.pow(KEPT, points.size() + 1.0));
        }

        /** Of a batch's rows, as if all weighed as they do on average. */
        private double weight(int batch) {
            int present = Math.min(rows, examples.rows() - batch * rows);
            return present * examples.totalWeight() / examples.rows();
        }
    }
}
