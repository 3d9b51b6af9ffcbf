package io.twostep.job;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.features.CategoryEncoding;
import io.twostep.nn.Network;
import io.twostep.nn.Task;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.TrainingMemory;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a training needs at most of the heap, as far as the columns tell whose values nobody has looked at.
 *
 * @param examples bytes of the encoded rows, which may go to a file instead
 * @param work bytes of everything else
 */
public record TrainingNeed(long examples, long work) {

    /** What is too small, and too much of a kind, to be counted. */
    private static final double BESIDE = 2 << 20;

    /** Of a column that is learned, beside its values: those of the training rows, the same in order, and their places. */
    private static final double BYTES_PER_ROW = 8 + 8 + 4;

    /** Of a target or weights that are numbers, beside those: other places, before the rows are divided. */
    private static final double BYTES_PER_NUMBER = 12;

    /** Of a column that lies in several tables: its parts as they are read. */
    private static final double BYTES_PER_STACKED_ROW = 8;

    /** Of categories that are learned by the mean of the target: the target twice, and the fold of each row. */
    private static final double BYTES_PER_MEAN = 8 + 8 + 8;

    /** Values of columns that are read together, where the targets are not longer. */
    private static final double VALUES_TOGETHER = 8_000_000;

    /** An object for a text that is there once, and its place among the others, while its column is learned. */
    private static final double BYTES_PER_TEXT = 128;

    /**
     * What the recipe needs.
     *
     * @param others datasets of rows that are not learned from
     * @param threads that may take part
     */
    public static TrainingNeed of(Recipe recipe, Dataset dataset, List<Dataset> others, int threads) {
        Columns columns = new Columns(dataset);
        long rows = dataset.rows() + others.stream().mapToLong(Dataset::rows).sum();
        Network network = network(recipe, columns);
        double preparing = preparing(recipe, columns, rows, !others.isEmpty(), network);
        double training = TrainingMemory.ofJob(network, recipe.training(), rows, recipe.hasWeights(), threads);
        return new TrainingNeed(examples(rows, network), (long) (BESIDE + Math.max(preparing, training)));
    }

    /** What it takes to make the rows of one dataset ready, and no more. */
    public static TrainingNeed ofPreparing(Recipe recipe, Dataset dataset) {
        Columns columns = new Columns(dataset);
        Network network = network(recipe, columns);
        return new TrainingNeed(examples(dataset.rows(), network), (long)
                (BESIDE + preparing(recipe, columns, dataset.rows(), false, network)));
    }

    /** The network at its widest. */
    private static Network network(Recipe recipe, Columns columns) {
        Task task = TargetTask.of(recipe, columns);
        long inputs = InputEstimate.of(recipe.encoding(), columns, recipe.features(), task)
                .inputs();
        return Network.of(recipe.network(), recipe.network().inputs(inputs), task);
    }

    private static double preparing(Recipe recipe, Columns columns, long rows, boolean stacked, Network network) {
        return rows * perRow(recipe, columns, stacked)
                + ofColumns(recipe, columns, rows)
                + TrainingMemory.ofEncoding(rows, network.inputs(), network.outputs());
    }

    private static long examples(long rows, Network network) {
        return (long) TrainingMemory.ofExamples(rows, network.inputs(), network.outputs());
    }

    /** What is left to do when the columns are known, and how wide they are. */
    public static TrainingNeed of(Recipe recipe, Preparation prepared, int threads) {
        Network network = prepared.network();
        long rows = (long) prepared.training().rows()
                + prepared.validation().rows()
                + prepared.test().rows();
        double labels = network.outputs() * BYTES_PER_TEXT;
        double training = TrainingMemory.ofJob(network, recipe.training(), rows, recipe.hasWeights(), threads);
        return new TrainingNeed(examples(rows, network), (long) (BESIDE + labels + training));
    }

    /** Bytes for each row, the values of its columns left aside; targets are learned together. */
    private static double perRow(Recipe recipe, Columns columns, boolean stacked) {
        int targets = recipe.targetColumns().count();
        boolean numbers = columns.all(recipe.targetColumns().names()).stream()
                        .anyMatch(target -> target.type().isNumeric())
                || recipe.hasWeights();
        boolean means = recipe.features().stream()
                .map(name -> recipe.encoding().policy(name, recipe.unseen()).category())
                .anyMatch(CategoryEncoding.TargetMean.class::isInstance);
        return targets
                * (BYTES_PER_ROW
                        + (numbers ? BYTES_PER_NUMBER : 0)
                        + (stacked ? BYTES_PER_STACKED_ROW : 0)
                        + (means ? BYTES_PER_MEAN : 0));
    }

    /** Values and texts of the columns that are read together. */
    private static double ofColumns(Recipe recipe, Columns columns, long rows) {
        List<String> targets = recipe.targetColumns().names();
        List<DatasetColumn> read = Stream.concat(recipe.features().stream(), targets.stream())
                .flatMap(name -> columns.find(name).stream())
                .toList();
        double values =
                Math.min((double) rows * read.size(), Math.max((double) rows * targets.size(), VALUES_TOGETHER));
        double texts = read.stream()
                .filter(column -> !column.type().isNumeric())
                .mapToDouble(column -> (double) column.distinct())
                .sum();
        return values * Double.BYTES + Math.min(values, texts) * (BYTES_PER_TEXT + meanLength(columns.dataset()));
    }

    /** Of a value as it was uploaded: how long the texts of a column are, nobody has noted. */
    private static double meanLength(Dataset dataset) {
        return (double) dataset.bytes() / dataset.rows() / dataset.columns().size();
    }
}
