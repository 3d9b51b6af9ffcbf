package io.twostep.training;

import io.twostep.error.InvalidValueException;
import io.twostep.features.ClassTarget;
import io.twostep.features.ColumnData;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.FittedFeatures;
import io.twostep.features.NumberTarget;
import io.twostep.features.OutOfFold;
import io.twostep.features.Split;
import io.twostep.features.Splitter;
import io.twostep.features.TableSource;
import io.twostep.features.TargetEncoder;
import io.twostep.features.TargetKind;
import io.twostep.features.TrainingRows;
import io.twostep.nn.Activation;
import io.twostep.nn.Network;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The steps of a {@link Preparation}. */
final class Preparer {

    private final TableSource table;
    private final Recipe recipe;
    private final ExampleStore store;

    Preparer(TableSource table, Recipe recipe, ExampleStore store) {
        this.table = table;
        this.recipe = recipe;
        this.store = store;
    }

    Preparation prepare() {
        ColumnData wanted = column(recipe.target());
        Split split = split(wanted);
        TargetEncoder target = fitTarget(wanted, split.training());
        FittedFeatures fitted = fitFeatures(wanted, target, split.training());
        FeatureEncoder features = fitted.encoder();
        Network network = Network.of(recipe.network(), features.width(), task(target));
        List<int[]> rows = Stream.of(split.training(), split.validation(), split.test())
                .map(part -> known(wanted, target, part))
                .toList();
        List<Examples> parts = encode(rows, fitted, target, network.outputs());
        int used = rows.stream().mapToInt(part -> part.length).sum();
        return new Preparation(
                features, target, network, parts.get(0), parts.get(1), parts.get(2), table.rows() - used);
    }

    private ColumnData column(String name) {
        List<ColumnData> shown = new ArrayList<>();
        table.forEachColumn(List.of(name), shown::add);
        return shown.get(0);
    }

    /** Divides the rows that have a target. */
    private Split split(ColumnData wanted) {
        int[] labelled = wanted.presentRows();
        if (labelled.length < 2) {
            throw new InvalidValueException("target", "has a value in fewer than 2 rows");
        }
        SplitShares shares = recipe.split();
        String column = shares.by().column();
        return new Splitter(
                        shares.by(),
                        shares.validation(),
                        shares.test(),
                        recipe.training().seed())
                .split(
                        wanted.rows(labelled),
                        column == null ? null : column(column).rows(labelled))
                .within(labelled);
    }

    private TargetEncoder fitTarget(ColumnData wanted, int[] trainingRows) {
        ColumnData known = wanted.rows(trainingRows);
        return switch (TargetKind.of(wanted, recipe.task())) {
            case CLASSIFICATION -> ClassTarget.fit(known);
            case REGRESSION -> NumberTarget.fit(known, hasStraightOutput());
        };
    }

    private FittedFeatures fitFeatures(ColumnData wanted, TargetEncoder target, int[] trainingRows) {
        TrainingRows rows = TrainingRows.of(
                trainingRows,
                target,
                wanted.rows(trainingRows),
                recipe.training().seed());
        return FittedFeatures.fit(table, rows, recipe.features(), recipe.encoding(), recipe.unseen());
    }

    /** Only a straight output reaches the whole range of a standardised target. */
    private boolean hasStraightOutput() {
        Network narrow = Network.of(recipe.network(), 1, new Task.Numbers(1));
        return narrow.outputLayer().activation() instanceof Activation.Identity;
    }

    private static Task task(TargetEncoder target) {
        return target instanceof ClassTarget classes
                ? new Task.Classes(classes.labels().size())
                : new Task.Numbers(1);
    }

    /** Those of the rows that have a target, and one that the encoder knows. */
    private static int[] known(ColumnData wanted, TargetEncoder target, int[] rows) {
        return Arrays.stream(target.knownRows(wanted.rows(rows)))
                .map(place -> rows[place])
                .toArray();
    }

    /** @param rows of training, validation and test */
    private List<Examples> encode(List<int[]> rows, FittedFeatures features, TargetEncoder target, int outputs) {
        RowEncoder learned = new RowEncoder(features.encoder(), features.outOfFold(), target, outputs, table.rows());
        RowEncoder judged = new RowEncoder(features.encoder(), OutOfFold.NONE, target, outputs, table.rows());
        List<Part> parts = List.of(
                new Part(rows.get(0), learned, store),
                new Part(rows.get(1), judged, store),
                new Part(rows.get(2), judged, store));
        List<String> columns = Stream.concat(recipe.features().stream(), Stream.of(recipe.target()))
                .toList();
        int[] firstRow = {0};
        table.forEachPiece(columns, piece -> {
            parts.forEach(part -> part.take(piece, firstRow[0]));
            firstRow[0] += piece.rows();
        });
        return parts.stream().map(Part::finish).toList();
    }
}
