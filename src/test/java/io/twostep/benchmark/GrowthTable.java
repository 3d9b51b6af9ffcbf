package io.twostep.benchmark;

import io.twostep.TwostepApplication;
import io.twostep.dataset.DatasetFormat;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.features.Encoding;
import io.twostep.features.TargetKind;
import io.twostep.features.UnseenCategory;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Cores;
import io.twostep.nn.Activation;
import io.twostep.nn.LayerSpec;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.nn.Task;
import io.twostep.training.Adam;
import io.twostep.training.ExampleStore;
import io.twostep.training.Preparation;
import io.twostep.training.Recipe;
import io.twostep.training.SplitShares;
import io.twostep.training.StoppingRule;
import io.twostep.training.Trainer;
import io.twostep.training.TrainingListener;
import io.twostep.training.TrainingSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * How the seconds of a training grow with the rows, the epochs and the parameters, each once, twice and four times as
 * many, from a stored table of the shape of W3 to the last step. Arguments: ROWS EPOCHS ROUNDS, as in
 * {@code 20000 4 5}; the median of the rounds is shown.
 */
public final class GrowthTable {

    private static final int[] FACTORS = {1, 2, 4};
    private static final int HIDDEN = 256;
    private static final int LAST_HIDDEN = 128;
    private static final int LABELS = 10;

    private final Datasets datasets;
    private final int rows;
    private final int epochs;
    private final int rounds;

    /** What to train, and how long its parts took in each round. */
    private record Cell(int rows, int epochs, int hidden, List<Double> preparing, List<Double> training) {

        private Cell(int rows, int epochs, int hidden) {
            this(rows, epochs, hidden, new ArrayList<>(), new ArrayList<>());
        }
    }

    private GrowthTable(Datasets datasets, int rows, int epochs, int rounds) {
        this.datasets = datasets;
        this.rows = rows;
        this.epochs = epochs;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("growth");
        try (ConfigurableApplicationContext service = SpringApplication.run(
                TwostepApplication.class,
                "--twostep.data-dir=" + folder,
                "--server.port=0",
                "--twostep.samples=false",
                "--logging.level.root=warn",
                "--spring.main.banner-mode=off")) {
            new GrowthTable(
                            service.getBean(Datasets.class),
                            Integer.parseInt(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            Integer.parseInt(arguments[2]))
                    .print();
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
    }

    private void print() {
        List<Cell> byRows = new ArrayList<>();
        List<Cell> byEpochs = new ArrayList<>();
        List<Cell> byParameters = new ArrayList<>();
        for (int factor : FACTORS) {
            datasets.add(name(factor * rows), DatasetFormat.CSV, new PixelCsv(factor * rows));
            byRows.add(new Cell(factor * rows, epochs, HIDDEN));
            byEpochs.add(new Cell(rows, factor * epochs, HIDDEN));
            byParameters.add(new Cell(rows, epochs, hiddenFor(factor)));
        }
        measure(new Cell(rows, epochs, HIDDEN)); // warms up
        for (int round = 0; round < rounds; round++) {
            List.of(byRows, byEpochs, byParameters).forEach(line -> line.forEach(this::measure));
        }
        line("rows", byRows.stream().map(cell -> String.valueOf(cell.rows)).toList());
        line(
                "  reading, fitting, encoding",
                ratios(byRows.stream().map(Cell::preparing).toList()));
        line("  training", ratios(byRows.stream().map(Cell::training).toList()));
        line(
                "epochs",
                byEpochs.stream().map(cell -> String.valueOf(cell.epochs)).toList());
        line("  training", ratios(byEpochs.stream().map(Cell::training).toList()));
        line(
                "parameters",
                byParameters.stream()
                        .map(cell -> String.valueOf(network(cell.hidden).parameterCount()))
                        .toList());
        line("  training", ratios(byParameters.stream().map(Cell::training).toList()));
    }

    private void measure(Cell cell) {
        Recipe recipe = recipe(cell);
        long start = System.nanoTime();
        Preparation prepared;
        try (OpenTable table = datasets.open(datasets.find(name(cell.rows)))) {
            prepared = Preparation.of(table, recipe, ExampleStore.HEAP, TrainingListener.NONE);
        }
        long ready = System.nanoTime();
        new Trainer(
                        prepared.network(),
                        Arithmetic.fast(),
                        recipe.training(),
                        prepared.training(),
                        prepared.validation(),
                        TrainingListener.NONE,
                        System::nanoTime,
                        Cores.ofThisMachine())
                .train();
        cell.preparing.add((ready - start) / 1e9);
        cell.training.add((System.nanoTime() - ready) / 1e9);
    }

    private static Recipe recipe(Cell cell) {
        return new Recipe(
                PixelCsv.TARGET,
                TargetKind.CLASSIFICATION,
                IntStream.range(0, PixelCsv.PIXELS).mapToObj(i -> "p" + i).toList(),
                UnseenCategory.OTHER,
                Encoding.DEFAULT,
                spec(cell.hidden),
                new SplitShares(0, 0),
                new TrainingSpec(Adam.of(0.001), cell.epochs, 128, Regularizer.NONE, StoppingRule.NONE, 0),
                "fast");
    }

    private static NetworkSpec spec(int hidden) {
        return NetworkSpec.hidden(
                LayerSpec.Dense.of(hidden, new Activation.Relu()),
                LayerSpec.Dense.of(LAST_HIDDEN, new Activation.Relu()));
    }

    private static Network network(int hidden) {
        return Network.of(spec(hidden), PixelCsv.PIXELS, new Task.Classes(LABELS));
    }

    /** The width at which the network has about so many times its parameters: they grow with it in a straight line. */
    private static int hiddenFor(int factor) {
        long base = network(HIDDEN).parameterCount();
        long perUnit = network(HIDDEN + 1).parameterCount() - base;
        return HIDDEN + Math.toIntExact((factor - 1) * base / perUnit);
    }

    private static String name(int rows) {
        return "rows-" + rows;
    }

    private static List<String> ratios(List<List<Double>> seconds) {
        double first = median(seconds.get(0));
        return seconds.stream()
                .map(GrowthTable::median)
                .map(median -> "%.2f s (%.2f)".formatted(median, median / first))
                .toList();
    }

    private static double median(List<Double> figures) {
        List<Double> sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        int n = sorted.size();
        return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    private static void line(String what, List<String> cells) {
        System.out.printf("%-28s%16s%16s%16s%n", what, cells.get(0), cells.get(1), cells.get(2));
    }
}
