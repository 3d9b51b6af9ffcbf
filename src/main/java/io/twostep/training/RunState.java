package io.twostep.training;

import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A run between two of its steps: all that its further steps depend on, beside the recipe and the rows. Whoever goes on
 * from here makes the same bits as the run that was never interrupted: the order of the rows is a function of seed and
 * epoch, and nothing else is random.
 *
 * <p>Belongs to the training thread; only the {@link Trainer} changes it.
 */
public final class RunState {

    private final Parameters parameters;
    private final OptimizerState optimizer;
    private final Progress progress;

    private Plateau plateau;

    private int epoch;
    private int batch;
    private double total;
    private double seconds;

    RunState(Parameters parameters, OptimizerState optimizer, Progress progress, Plateau plateau) {
        this.parameters = parameters;
        this.optimizer = optimizer;
        this.progress = progress;
        this.plateau = plateau;
        this.epoch = 1;
    }

    /** Before the first step, with given parameters. */
    public static RunState start(TrainingSpec spec, Parameters parameters) {
        return new RunState(
                parameters, spec.optimizer().init(parameters), new Progress(spec.stop(), spec.epochs()), Plateau.NONE);
    }

    /** Before the first step, with the parameters of the seed. */
    public static RunState start(TrainingSpec spec, Network network) {
        return start(spec, Parameters.initialize(network, spec.seed()));
    }

    /**
     * The numbers of a state beside its matrices.
     *
     * @param epoch under way, 1 for the first
     * @param batch of this epoch that is next, 0 for the first
     * @param total loss of the epoch's batches so far
     * @param seconds spent on training
     * @param lowest the lowest watched loss, infinite before the first epoch is done
     * @param bestEpoch its epoch, 0 before
     * @param reference the watched loss at the last progress, infinite before the first epoch is done
     * @param referenceEpoch its epoch, 0 before
     * @param recent the losses that are averaged, the last one last
     * @param steps made by the optimiser
     * @param numbers that the optimiser remembers for all parameters together
     * @param best whether the parameters of the best epoch are kept
     * @param plateau what the schedule of the learning rate remembers
     */
    public record Figures(
            int epoch,
            int batch,
            double total,
            double seconds,
            double lowest,
            int bestEpoch,
            double reference,
            int referenceEpoch,
            List<Double> recent,
            long steps,
            List<Double> numbers,
            boolean best,
            Plateau plateau) {}

    /**
     * A state that was taken apart; its {@link #matrices()} are still to be filled.
     *
     * @param network that is trained
     * @param spec how
     */
    public static RunState of(Network network, TrainingSpec spec, Figures figures) {
        Parameters parameters = Parameters.zeros(network);
        OptimizerState optimizer = spec.optimizer().init(parameters);
        spec.optimizer().resume(optimizer, figures.steps());
        for (int i = 0; i < optimizer.numbers().length; i++) {
            optimizer.numbers()[i] = figures.numbers().get(i);
        }
        Progress.Marks marks = new Progress.Marks(
                figures.lowest(), figures.bestEpoch(), figures.reference(), figures.referenceEpoch(), figures.recent());
        Parameters best = figures.best() ? Parameters.zeros(network) : null;
        RunState state = new RunState(
                parameters, optimizer, new Progress(spec.stop(), spec.epochs(), marks, best), figures.plateau());
        state.set(figures.epoch(), figures.batch(), figures.total());
        state.spent(figures.seconds());
        return state;
    }

    /** All its numbers but the matrices. */
    public Figures figures() {
        Progress.Marks marks = progress.marks();
        return new Figures(
                epoch,
                batch,
                total,
                seconds,
                marks.lowest(),
                marks.bestEpoch(),
                marks.reference(),
                marks.referenceEpoch(),
                marks.recent(),
                optimizer.steps(),
                Arrays.stream(optimizer.numbers()).boxed().toList(),
                progress.best() != null,
                plateau);
    }

    /**
     * The parameters W1, b1, W2, b2 … and the running statistics, then each of the optimiser's numbers for the parameters in
     * the same order and shapes, then the parameters and statistics of the best epoch if they are kept.
     */
    public List<FMatrixRMaj> matrices() {
        List<FMatrixRMaj> all = new ArrayList<>(parameters.numbers());
        optimizer.slots().forEach(all::addAll);
        if (progress.best() != null) {
            all.addAll(progress.best().numbers());
        }
        return all;
    }

    /** The epoch under way; 1 for the first. */
    public int epoch() {
        return epoch;
    }

    /** The batch of this epoch that is next; 0 for the first. */
    public int batch() {
        return batch;
    }

    /** Steps made so far. */
    public long steps() {
        return optimizer.steps();
    }

    /** The epoch with the lowest watched loss so far; 0 if none is finished. */
    public int bestEpoch() {
        return progress.bestEpoch();
    }

    /** Time spent on training. */
    public double seconds() {
        return seconds;
    }

    /**
     * Whether nothing has got lost in infinity: not the loss of the epoch, no parameter, and nothing that the optimiser
     * remembers, by which it would divide for ever.
     */
    public boolean isFinite() {
        return Double.isFinite(total) && parameters.allFinite() && optimizer.allFinite();
    }

    Parameters parameters() {
        return parameters;
    }

    OptimizerState optimizer() {
        return optimizer;
    }

    Progress progress() {
        return progress;
    }

    /** What the watched losses have made of the learning rate so far. */
    Plateau plateau() {
        return plateau;
    }

    /** An epoch's watched loss is known. */
    void watched(LearningRateSchedule schedule, double loss, long plannedSteps) {
        plateau = schedule.after(plateau, loss, optimizer.steps(), plannedSteps);
    }

    /** The loss of the epoch's batches so far. */
    double total() {
        return total;
    }

    /** A batch is done. */
    void learned(double loss) {
        batch++;
        total += loss;
    }

    /** The next epoch begins. */
    void nextEpoch() {
        set(epoch + 1, 0, 0);
    }

    /** Goes to a place within the run. */
    void set(int atEpoch, int atBatch, double lossSoFar) {
        epoch = atEpoch;
        batch = atBatch;
        total = lossSoFar;
    }

    void spent(double now) {
        seconds = now;
    }
}
