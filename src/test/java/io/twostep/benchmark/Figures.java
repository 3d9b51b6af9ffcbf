package io.twostep.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Figures of rounds; those in which every other process together used less than 0.12 of a core count as quiet. */
final class Figures {

    private static final double QUIET = 0.12;

    private final List<Double> all = new ArrayList<>();
    private final List<Double> quiet = new ArrayList<>();
    private double othersBefore;
    private long begun;

    /** A round begins. */
    void begin() {
        begun = System.nanoTime();
        othersBefore = othersCpuSeconds();
    }

    /** A round ends, and the next one begins. */
    void add(double figure) {
        all.add(figure);
        double others = othersCpuSeconds() - othersBefore;
        if (others / ((System.nanoTime() - begun) / 1e9) < QUIET) {
            quiet.add(figure);
        }
        begin();
    }

    double median() {
        return median(all);
    }

    int size() {
        return all.size();
    }

    String summary() {
        return summary("samples/s");
    }

    String summary(String unit) {
        return "median=%.0f %s min=%.0f max=%.0f quiet=%.0f (%d/%d)"
                .formatted(
                        median(all),
                        unit,
                        all.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                        all.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                        median(quiet),
                        quiet.size(),
                        all.size());
    }

    static double median(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        int n = sorted.size();
        return n == 0 ? 0 : (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
    }

    /** CPU seconds of everybody but this process since the machine started; 0 where the system does not tell. */
    private static double othersCpuSeconds() {
        Path statistics = Path.of("/proc/stat");
        if (!Files.isReadable(statistics)) {
            return 0;
        }
        try {
            String[] fields = Files.readAllLines(statistics).get(0).trim().split(" +");
            double ticks = Long.parseLong(fields[1])
                    + Long.parseLong(fields[2])
                    + Long.parseLong(fields[3])
                    + Long.parseLong(fields[8]);
            double own = ProcessHandle.current()
                            .info()
                            .totalCpuDuration()
                            .orElseThrow()
                            .toNanos()
                    / 1e9;
            return ticks / 100 - own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
