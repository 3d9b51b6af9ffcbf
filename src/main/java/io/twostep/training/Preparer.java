package io.twostep.training;

import io.twostep.error.Excerpt;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.Range;
import io.twostep.features.CategoryEncoding;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.FittedFeatures;
import io.twostep.features.Folds;
import io.twostep.features.LabelsTarget;
import io.twostep.features.NumberTarget;
import io.twostep.features.Numbers;
import io.twostep.features.NumbersTarget;
import io.twostep.features.OutOfFold;
import io.twostep.features.Split;
import io.twostep.features.SplitPart;
import io.twostep.features.SplitRule;
import io.twostep.features.Splitter;
import io.twostep.features.Table;
import io.twostep.features.TableSource;
import io.twostep.features.TargetEncoder;
import io.twostep.features.TargetKind;
import io.twostep.features.Texts;
import io.twostep.features.TrainingRows;
import io.twostep.kind.Kinds;
import io.twostep.nn.Activation;
import io.twostep.nn.Loss;
import io.twostep.nn.Network;
import io.twostep.nn.OutputSpec;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The steps of a {@link Preparation}. */
final class Preparer {

    private final TableSource learned;
    private final OtherRows others;
    private final TableSource table;
    private final Recipe recipe;
    private final ExampleStore store;
    private final RowPlaces places;

    /**
     * @param learned the table to learn from
     * @param table the same with the others below it
     */
    Preparer(TableSource learned, OtherRows others, TableSource table, Recipe recipe, ExampleStore store) {
        this.learned = learned;
        this.others = others;
        this.table = table;
        this.recipe = recipe;
        this.store = store;
        this.places = RowPlaces.of(learned.rows(), others);
    }

    Preparation prepare() {
        Wanted wanted = wanted();
        TargetEncoder target = wanted.target;
        FittedFeatures fitted = fitFeatures(target, wanted.rows.training());
        FeatureEncoder features = fitted.encoder();
        Network network = network(features, target);
        List<int[]> rows = Stream.of(SplitPart.values()).map(wanted.rows::rows).toList();
        List<float[]> weights = recipe.hasWeights() ? weights(target, wanted.rows) : List.of();
        List<Examples> parts = weighted(encode(rows, fitted, target, network.outputs()), weights);
        int used = rows.stream().mapToInt(part -> part.length).sum();
        return new Preparation(
                features, target, network, parts.get(0), parts.get(1), parts.get(2), table.rows() - used);
    }

    private Network network(FeatureEncoder features, TargetEncoder target) {
        try {
            return Network.of(recipe.network(), features.width(), task(target));
        } catch (InvalidValueException e) {
            throw e.within("network");
        }
    }

    /** What the targets' columns say; not the columns themselves, which may be as large as any other that follows. */
    private record Wanted(TargetEncoder target, Split rows) {}

    private Wanted wanted() {
        Table wanted = columns(table, recipe.targetColumns().names());
        Split split = split(wanted);
        TargetEncoder target = fitTarget(wanted, split.training());
        return new Wanted(target, KnownRows.of(split, wanted, target, recipe.split()));
    }

    private static Table columns(TableSource table, List<String> names) {
        List<ColumnData> shown = new ArrayList<>();
        table.forEachColumn(names, shown::add);
        return new Table(shown);
    }

    private static ColumnData column(TableSource table, String name) {
        return columns(table, List.of(name)).column(name);
    }

    /** Divides the rows that have all targets. */
    private Split split(Table wanted) {
        int[] labelled = wanted.presentRows();
        int[] own = labelled;
        if (learned.rows() < table.rows()) {
            own = Arrays.stream(labelled).filter(row -> row < learned.rows()).toArray();
        }
        Split split = others.addedTo(split(wanted, own), labelled, learned.rows());
        return recipe.refit() ? split.withoutValidation() : split;
    }

    /** @param labelled rows of the table to learn from that have all targets */
    private Split split(Table wanted, int[] labelled) {
        if (labelled.length < 2) {
            boolean several = recipe.targetColumns().isSeveral();
            throw new InvalidValueException(
                    several ? "targets" : "target",
                    several ? "all have a value in fewer than 2 rows" : "has a value in fewer than 2 rows");
        }
        SplitShares shares = recipe.split();
        return new Splitter(
                        shares.by(),
                        shares.validation(),
                        shares.test(),
                        recipe.training().seed())
                .split(of(wanted.columns().get(0), labelled), name -> of(column(learned, name), labelled))
                .within(labelled);
    }

    /** Some rows of a column; not copied if they are all. */
    private static ColumnData of(ColumnData column, int[] rows) {
        return rows.length == column.rows() ? column : column.rows(rows);
    }

    private TargetEncoder fitTarget(Table wanted, int[] trainingRows) {
        Table known = wanted.rows(trainingRows);
        return switch (kind(wanted)) {
            case CLASSIFICATION -> ClassTarget.fit(known.columns().get(0));
            case MULTI_LABEL -> LabelsTarget.fit(known);
            case REGRESSION -> {
                int count = known.columns().size();
                OutputSpec.Output output = recipe.network().output().resolve(new Task.Numbers(count));
                if (output.loss().leastTarget() > Double.NEGATIVE_INFINITY) {
                    checkLeast(wanted, output.loss());
                }
                // only a straight output reaches the whole range of a standardised target
                boolean straight = output.activation() instanceof Activation.Identity;
                yield count == 1
                        ? NumberTarget.fit(known.columns().get(0), straight)
                        : NumbersTarget.fit(known, straight);
            }
        };
    }

    private TargetKind kind(Table wanted) {
        TargetKind ofFirst =
                recipe.task() == null ? TargetKind.of(ofLearned(wanted.columns().get(0))) : recipe.task();
        boolean several = wanted.columns().size() > 1;
        return several && ofFirst == TargetKind.CLASSIFICATION ? TargetKind.MULTI_LABEL : ofFirst;
    }

    /** Also of the rows that are only judged: their loss would say nothing. */
    private void checkLeast(Table wanted, Loss loss) {
        Range allowed = Range.atLeast(loss.leastTarget());
        for (int place = 0; place < wanted.columns().size(); place++) {
            if (wanted.columns().get(place) instanceof Numbers numbers) {
                checkLeast(numbers, allowed, loss, recipe.targetColumns().pointer(place));
            }
        }
    }

    private static void checkLeast(Numbers numbers, Range allowed, Loss loss, String pointer) {
        for (double value : numbers.values()) {
            if (!Double.isNaN(value) && !allowed.contains(value)) {
                String detail = "column %s must be %s for the loss %s but holds %s"
                        .formatted(Excerpt.quoted(numbers.name()), allowed, Kinds.nameOf(loss.getClass()), value);
                throw new InvalidValueException(List.of(new Problem(pointer, detail)));
            }
        }
    }

    /** The rows of the table to learn from. */
    private ColumnData ofLearned(ColumnData column) {
        return learned.rows() == table.rows()
                ? column
                : column.rows(IntStream.range(0, learned.rows()).toArray());
    }

    private FittedFeatures fitFeatures(TargetEncoder target, int[] trainingRows) {
        TrainingRows rows = TrainingRows.of(
                trainingRows,
                target,
                learnsMeans() ? columns(learned, recipe.targetColumns().names()).rows(trainingRows) : null,
                folds(trainingRows));
        return FittedFeatures.fit(learned, rows, recipe.features(), recipe.encoding(), recipe.unseen());
    }

    /** By group where rows are divided by group: no row learns about its category from others of its own group. */
    private Folds folds(int[] trainingRows) {
        long seed = recipe.training().seed();
        return recipe.split().by().divider() instanceof SplitRule.Group group && learnsMeans()
                ? Folds.byGroup(
                        seed, trainingRows, column(learned, group.column()).rows(trainingRows))
                : Folds.byRow(seed);
    }

    private boolean learnsMeans() {
        return recipe.features().stream()
                .map(name -> recipe.encoding().policy(name, recipe.unseen()).category())
                .anyMatch(CategoryEncoding.TargetMean.class::isInstance);
    }

    private static Task task(TargetEncoder target) {
        int count = target.targets().size();
        return switch (target.kind()) {
            case CLASSIFICATION ->
                new Task.Classes(((ClassTarget) target).labels().size());
            case REGRESSION -> new Task.Numbers(count);
            case MULTI_LABEL -> new Task.Labels(count);
        };
    }

    /** The weights of the rows of training, validation and test. */
    private List<float[]> weights(TargetEncoder target, Split rows) {
        String name = recipe.sampleWeight();
        ColumnData sample = name == null ? null : column(table, name);
        if (sample instanceof Texts) {
            throw new InvalidValueException(
                    "sample_weight", "column " + Excerpt.quoted(sample.name()) + " must hold numbers but holds text");
        }
        RowWeights weights = new RowWeights(
                target,
                columns(table, recipe.targetColumns().names()),
                recipe.classWeights(),
                (@Nullable Numbers) sample,
                rows.training(),
                places);
        return Stream.of(SplitPart.values())
                .map(part -> weights.of(rows.rows(part), part))
                .toList();
    }

    private static List<Examples> weighted(List<Examples> parts, List<float[]> weights) {
        return weights.isEmpty()
                ? parts
                : IntStream.range(0, parts.size())
                        .<Examples>mapToObj(part -> new WeightedExamples(parts.get(part), weights.get(part)))
                        .toList();
    }

    /** @param rows of training, validation and test */
    private List<Examples> encode(List<int[]> rows, FittedFeatures features, TargetEncoder target, int outputs) {
        RowEncoder learned = new RowEncoder(features.encoder(), features.outOfFold(), target, outputs, table.rows());
        RowEncoder judged = new RowEncoder(features.encoder(), OutOfFold.NONE, target, outputs, table.rows());
        List<Part> parts = List.of(
                new Part(rows.get(0), learned, store),
                new Part(rows.get(1), judged, store),
                new Part(rows.get(2), judged, store));
        List<String> columns = Stream.concat(recipe.features().stream(), recipe.targetColumns().names().stream())
                .toList();
        int[] firstRow = {0};
        table.forEachPiece(columns, piece -> {
            take(piece, firstRow[0], parts);
            firstRow[0] += piece.rows();
        });
        return parts.stream().map(Part::finish).toList();
    }

    private void take(Table piece, int firstRow, List<Part> parts) {
        try {
            parts.forEach(part -> part.take(piece, firstRow));
        } catch (InvalidValueException e) {
            throw places.placed(e, firstRow);
        }
    }
}
