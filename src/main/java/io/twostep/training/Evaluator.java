package io.twostep.training;

import io.twostep.features.ClassTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.matrix.Functions;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Probabilities;
import org.ejml.data.FMatrixRMaj;
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

    /** Null where there is no row to judge. */
    public @Nullable Evaluation evaluate(Examples examples) {
        if (examples.isEmpty()) {
            return null;
        }
        cores.beginTraining();
        try (Crew crew = new Crew(cores)) {
            Blocks blocks = new Blocks(backpropagation, examples, crew);
            return target instanceof ClassTarget classes
                    ? ofClasses(classes, blocks, examples.rows())
                    : ofNumbers((NumberTarget) target, blocks, examples.rows());
        } finally {
            cores.endTraining();
        }
    }

    private Evaluation ofClasses(ClassTarget classes, Blocks blocks, int rows) {
        ClassTally tally = new ClassTally(classes.labels().size());
        double[] logLoss = {0};
        double loss = blocks.loss(parameters, (predicted, actual) -> {
            for (int row = 0; row < actual.numRows; row++) {
                int label = classes.labelIndex(actual, row);
                tally.add(label, classes.labelIndex(predicted, row));
                logLoss[0] -= logProbability(predicted, row, label);
            }
        });
        return new Evaluation.OfClasses(
                rows, loss, tally.accuracy(), tally.macroF1(), logLoss[0] / rows, tally.balancedAccuracy());
    }

    private double logProbability(FMatrixRMaj predicted, int row, int label) {
        if (predicted.numCols > 1) {
            return Probabilities.log(functions, predicted.get(row, label));
        }
        double second = predicted.get(row, 0);
        return Probabilities.logOfTwo(functions, label == 1 ? second : 1 - second);
    }

    private Evaluation ofNumbers(NumberTarget numbers, Blocks blocks, int rows) {
        NumberTally tally = new NumberTally();
        double loss = blocks.loss(parameters, (predicted, actual) -> {
            for (int row = 0; row < actual.numRows; row++) {
                tally.add(numbers.decode(actual, row), numbers.decode(predicted, row));
            }
        });
        return new Evaluation.OfNumbers(rows, loss, tally.r2(), tally.rmse(), tally.mae());
    }
}
