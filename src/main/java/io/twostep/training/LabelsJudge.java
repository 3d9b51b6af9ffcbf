package io.twostep.training;

import io.twostep.features.LabelsTarget;
import io.twostep.matrix.Functions;
import io.twostep.nn.Loss;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Judges several labels a row, together and one by one. */
final class LabelsJudge implements Judge {

    private final LabelTally tally;
    private final EachTarget targets;

    LabelsJudge(LabelsTarget target, Loss loss, Functions functions, int mostRows) {
        int labels = target.targets().size();
        Ranking ranking = new Ranking(mostRows, labels);
        this.tally = new LabelTally(target);
        this.targets = new EachTarget(
                target.columns(),
                IntStream.range(0, labels)
                        .mapToObj(label -> new ClassJudge(target.targets().get(label), functions, ranking, label))
                        .toList(),
                loss,
                functions);
    }

    @Override
    public void add(FMatrixRMaj predicted, FMatrixRMaj actual, @Nullable FMatrixRMaj weights) {
        tally.add(predicted, actual);
        targets.add(predicted, actual, weights);
    }

    @Override
    public LabelsEvaluation judged(double loss, @Nullable Evaluation training) {
        Map<String, Evaluation> known = training instanceof LabelsEvaluation labels ? labels.targets() : null;
        Map<String, ClassEvaluation> judged =
                targets.judged(ClassEvaluation.class, name -> known == null ? null : known.get(name));
        return new LabelsEvaluation(
                targets.rows(),
                loss,
                tally.subsetAccuracy(),
                tally.hammingLoss(),
                tally.macroF1(),
                tally.microF1(),
                Means.of(judged.values(), ClassEvaluation::rocAuc),
                Means.of(judged.values(), ClassEvaluation::averagePrecision),
                TargetsEvaluation.copy(judged));
    }
}
