package io.twostep.preflight;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.ProfileWarnings;
import io.twostep.dataset.TableProfile;
import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.SingleTarget;
import io.twostep.job.Columns;
import io.twostep.kind.Kinds;
import io.twostep.preflight.PreflightWarning.Kind;
import io.twostep.training.Adadelta;
import io.twostep.training.Adagrad;
import io.twostep.training.EpochPace;
import io.twostep.training.Lbfgs;
import io.twostep.training.Momentum;
import io.twostep.training.Optimizer;
import io.twostep.training.Recipe;
import io.twostep.training.Sgd;
import io.twostep.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers the warnings about one training. */
final class PreflightWarnings {

    /** A class of fewer rows is not learned, and hardly judged. */
    private static final int FEW_MEMBERS = 5;

    private static final int MOST_NAMES = 10;
    private static final int FEW_WATCHED = 20;
    private static final long FEW_STEPS = 200;

    /** Steps of optimisers that divide by the size of past gradients are about as long as the learning rate says. */
    private static final double LARGE_ADAPTIVE_RATE = 0.1;

    private static final double LARGE_RATE = 1;

    private final PreparedSample sample;
    private final Recipe recipe;
    private final List<PreflightWarning> found = new ArrayList<>();

    private PreflightWarnings(PreparedSample sample) {
        this.sample = sample;
        this.recipe = sample.submission().recipe();
    }

    /** @param notMeasured why the pace is not known, if it is not */
    static List<PreflightWarning> of(
            PreparedSample sample,
            Preflight.Size size,
            @Nullable PartRows rows,
            Preflight.Time time,
            @Nullable String notMeasured) {
        PreflightWarnings warnings = new PreflightWarnings(sample);
        warnings.ofFailure(sample.failure());
        warnings.ofColumns(sample.dataset());
        warnings.ofTargets(sample.dataset());
        warnings.ofSize(size, rows);
        warnings.ofRows(rows);
        warnings.ofTime(time);
        warnings.ofOptimizer(warnings.recipe.training().optimizer());
        if (notMeasured != null) {
            warnings.add(Kind.NOT_MEASURED, notMeasured);
        }
        return warnings.found;
    }

    private void add(Kind kind, String detail) {
        found.add(new PreflightWarning(kind, detail));
    }

    private void ofFailure(@Nullable InvalidValueException failure) {
        if (failure != null) {
            add(
                    Kind.MAY_FAIL,
                    "%d of %d rows were looked at, and by themselves they cannot be learned from: %s"
                            .formatted(sample.rows().rows(), sample.dataset().rows(), failure.getMessage()));
        }
    }

    private void ofColumns(Dataset dataset) {
        Columns columns = new Columns(dataset);
        List<DatasetColumn> features = recipe.features().stream()
                .flatMap(name -> columns.find(name).stream())
                .toList();
        ProfileWarnings.of(
                        dataset.rows(), features, recipe.targetColumns().names().get(0))
                .stream()
                .map(warning -> new PreflightWarning(kind(warning.kind()), warning.columns(), warning.detail()))
                .forEach(found::add);
    }

    private static Kind kind(TableProfile.Kind kind) {
        return Kind.valueOf(kind.name());
    }

    private void ofTargets(Dataset dataset) {
        Columns columns = new Columns(dataset);
        List<DatasetColumn> targets = columns.all(recipe.targetColumns().names());
        ofMissing(targets, dataset);
        if (sample.prepared() != null) {
            for (SingleTarget target : sample.prepared().target().targets()) {
                if (target instanceof ClassTarget classes) {
                    ofClasses(classes, columns.find(target.column()).orElseThrow());
                }
            }
        }
    }

    /** Of several, the rows that miss one need not be those that miss another. */
    private void ofMissing(List<DatasetColumn> targets, Dataset dataset) {
        List<DatasetColumn> missing =
                targets.stream().filter(target -> target.missing() > 0).toList();
        if (missing.isEmpty()) {
            return;
        }
        long most = missing.stream().mapToLong(DatasetColumn::missing).max().orElseThrow();
        found.add(new PreflightWarning(
                Kind.ROWS_WITHOUT_TARGET,
                missing.stream().map(DatasetColumn::name).limit(MOST_NAMES).toList(),
                (missing.size() == 1
                                ? "%d of %d rows have no target and are left out."
                                : "At least %d of %d rows have no value of some target and are left out.")
                        .formatted(most, dataset.rows())));
    }

    private void ofClasses(ClassTarget classes, DatasetColumn target) {
        Map<String, Integer> counts = counts(classes);
        String where = sample.rows().whole() ? "" : " of the rows that were looked at";
        List<String> rare = counts.entrySet().stream()
                .filter(each -> sample.rows().whole() && each.getValue() < FEW_MEMBERS)
                .map(each -> Excerpt.quoted(each.getKey()) + " in " + each.getValue())
                .toList();
        long unseen = Math.max(0, target.distinct() - counts.size());
        if (!rare.isEmpty()) {
            String more = rare.size() > MOST_NAMES ? " and " + (rare.size() - MOST_NAMES) + " more" : "";
            String names = rare.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
            rare(target, "Classes in fewer than %d rows: %s%s.".formatted(FEW_MEMBERS, names, more));
        } else if (unseen > 0) {
            rare(target, "%d of %d classes are in none%s.".formatted(unseen, target.distinct(), where));
        }
    }

    private void rare(DatasetColumn target, String detail) {
        found.add(new PreflightWarning(Kind.RARE_CLASSES, List.of(target.name()), detail));
    }

    private Map<String, Integer> counts(ClassTarget classes) {
        ColumnData column = sample.rows().column(classes.column());
        Map<String, Integer> counts = new TreeMap<>();
        IntStream.range(0, column.rows())
                .boxed()
                .flatMap(row -> classes.label(column, row).stream())
                .forEach(label -> counts.merge(label, 1, Integer::sum));
        return counts;
    }

    private void ofSize(Preflight.Size size, @Nullable PartRows rows) {
        Long parameters = size.parameters();
        if (parameters != null && rows != null && parameters > rows.training()) {
            add(
                    Kind.MORE_PARAMETERS_THAN_ROWS,
                    "%d parameters are learned from %d rows: the network can learn them by heart. Fewer units, l2, or an early stop stand against it."
                            .formatted(parameters, rows.training()));
        }
        Integer inputs = size.inputs();
        if (inputs != null && !sample.rows().whole() && inputs < size.inputsAtMost()) {
            add(
                    Kind.MORE_INPUTS_POSSIBLE,
                    "The %d rows that were looked at make %d inputs; all %d rows may make up to %d."
                            .formatted(
                                    sample.rows().rows(),
                                    inputs,
                                    sample.dataset().rows(),
                                    size.inputsAtMost()));
        }
    }

    private void ofRows(@Nullable PartRows rows) {
        if (rows == null) {
            return;
        }
        if (rows.validation() == 0) {
            add(
                    Kind.NO_VALIDATION_ROWS,
                    "There are no validation rows: only the training loss is watched, which tells nothing of other rows.");
        } else if (rows.validation() < FEW_WATCHED) {
            add(
                    Kind.FEW_VALIDATION_ROWS,
                    "Only %d rows are for validation: their loss is mostly chance.".formatted(rows.validation()));
        }
    }

    private void ofTime(Preflight.Time time) {
        TrainingSpec training = recipe.training();
        Long perEpoch = time.stepsPerEpoch();
        boolean takesShortSteps = !(training.optimizer() instanceof Lbfgs);
        if (takesShortSteps && perEpoch != null && perEpoch * training.epochs() < FEW_STEPS) {
            add(
                    Kind.FEW_STEPS,
                    "%d epochs of %d make %d steps in all: more epochs, or a smaller batch_size, make more."
                            .formatted(training.epochs(), perEpoch, perEpoch * training.epochs()));
        }
        EpochPace pace = time.pace();
        if (pace != null && !pace.finite()) {
            add(
                    Kind.DIVERGES,
                    "When it was tried, the loss was no longer a finite number after %d steps: a smaller learning_rate usually helps."
                            .formatted(pace.steps()));
        }
    }

    private void ofOptimizer(Optimizer optimizer) {
        double large = optimizer instanceof Sgd || optimizer instanceof Momentum || optimizer instanceof Adagrad
                ? LARGE_RATE
                : LARGE_ADAPTIVE_RATE;
        boolean adaptsItself = optimizer instanceof Adadelta || optimizer instanceof Lbfgs;
        if (!adaptsItself && optimizer.learningRate() > large) {
            add(
                    Kind.LARGE_LEARNING_RATE,
                    "A learning_rate of %s is more than the %s beyond which %s hardly ever learns."
                            .formatted(optimizer.learningRate(), large, Kinds.nameOf(optimizer.getClass())));
        }
    }
}
