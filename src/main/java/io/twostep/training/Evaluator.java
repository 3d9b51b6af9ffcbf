package io.twostep.training;

import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.Functions;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import org.jspecify.annotations.Nullable;

/** Judges a trained network on encoded rows. */
public final class Evaluator {

    private final Backpropagation backpropagation;
    private final Functions functions;
    private final Parameters parameters;
    private final TargetEncoder target;
    private final Cores cores;

    /** @param cores the cores to share */
    public Evaluator(Network network, Arithmetic arithmetic, Parameters parameters, TargetEncoder target, Cores cores) {
        this.backpropagation = new Backpropagation(network, arithmetic);
        this.functions = arithmetic.functions();
        this.parameters = parameters;
        this.target = target;
        this.cores = cores;
    }

    /**
     * Judges rows.
     *
     * @param training the evaluation of the training rows; null if these are they
     * @return null where there is no row to judge
     */
    public @Nullable Evaluation evaluate(Examples examples, @Nullable Evaluation training) {
        if (examples.isEmpty()) {
            return null;
        }
        cores.beginTraining();
        try (Crew crew = new Crew(cores)) {
            Judge judge = Judge.of(target, backpropagation.network().loss(), functions, examples.rows());
            double loss = new Blocks(backpropagation, examples, crew).loss(parameters, judge::add);
            return judge.judged(loss, training);
        } finally {
            cores.endTraining();
        }
    }
}
