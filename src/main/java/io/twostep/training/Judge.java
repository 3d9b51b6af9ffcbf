package io.twostep.training;

import io.twostep.features.ClassTarget;
import io.twostep.features.LabelsTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.NumbersTarget;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Functions;
import io.twostep.nn.Activation;
import io.twostep.nn.HeapSize;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Compares a network's answers with the truth, some rows at a time; into what blocks they are cut makes no difference. For
 * one thread.
 */
public sealed interface Judge permits ClassJudge, NumberJudge, NumbersJudge, LabelsJudge {

    /** Counts, points of curves, and a confusion matrix. */
    double BESIDE = 300_000;

    /** Sums and figures of one class. */
    double PER_CLASS = 200;

    /** Sums, figures and counts of one number, or of one label of several. */
    double PER_TARGET = 6_000;

    /**
     * A judge of rows that are still to come.
     *
     * @param loss that training minimises
     * @param mostRows how many they are at most
     */
    static Judge of(TargetEncoder target, Loss loss, Functions functions, int mostRows) {
        if (target instanceof NumbersTarget numbers) {
            return new NumbersJudge(numbers, loss, functions);
        }
        if (target instanceof LabelsTarget labels) {
            return new LabelsJudge(labels, loss, functions, mostRows);
        }
        return target instanceof ClassTarget classes
                ? new ClassJudge(classes, functions, mostRows)
                : new NumberJudge((NumberTarget) target);
    }

    /** The most bytes of the heap that a judge takes, with the evaluation that it makes. */
    static double bytes(long rows, Network network) {
        Activation output = network.outputLayer().activation();
        boolean ranks = output instanceof Activation.Sigmoid || output instanceof Activation.Softmax;
        double ranked = ranks ? HeapSize.ofFloats(Ranking.numbers((double) rows, network.outputs())) : 0;
        double perOutput = output instanceof Activation.Softmax ? PER_CLASS : PER_TARGET;
        return ranked + ranked / network.outputs() + BESIDE + perOutput * network.outputs();
    }

    /**
     * Compares some rows.
     *
     * @param predicted the network's answers [rows x outputs], not changed
     * @param actual what would be right, encoded [rows x outputs], not changed
     * @param weights of the rows [rows x 1], of which losses know alone; null if all are 1
     */
    void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights);

    /**
     * The evaluation of all rows, at least one.
     *
     * @param loss over these rows
     * @param training the evaluation of the training rows, which know the baseline; null if these are they
     */
    Evaluation judged(double loss, @Nullable Evaluation training);
}
