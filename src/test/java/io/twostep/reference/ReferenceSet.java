package io.twostep.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/**
 * A public table with a task, the settings under which scikit-learn was measured on it, and what it reached.
 *
 * @param files one file, whose every fifth row from the first on is for the test; or one to learn from and one to test
 * @param score {@code accuracy} or {@code r2}
 * @param reference mean score of scikit-learn's MLP at the same settings
 * @param linear score of a linear model
 * @param floor what another implementation must reach: the reference less three deviations over seeds
 */
record ReferenceSet(
        String name,
        List<String> files,
        String target,
        List<String> exclude,
        List<Integer> hidden,
        int epochs,
        int batchSize,
        String score,
        double reference,
        double linear,
        double floor,
        int rows,
        int missing,
        int encodedWidth) {

    /** Those that take a second or two. */
    static final List<String> QUICK = List.of("iris", "wine", "penguins", "diabetes", "vshape", "circles", "xor");

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static List<ReferenceSet> all() {
        try (InputStream in = resource("/reference/sets.json")) {
            return JSON.readValue(in, new TypeReference<>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ReferenceSet named(String name) {
        return all().stream().filter(set -> set.name.equals(name)).findFirst().orElseThrow();
    }

    boolean isClassification() {
        return score.equals("accuracy");
    }

    /** The rows to learn from, as a CSV file. */
    String trainingCsv() {
        return String.join("\n", part(false)) + "\n";
    }

    /** The rows to judge by, the first line the header. */
    List<String> testLines() {
        return part(true);
    }

    private List<String> part(boolean test) {
        if (files.size() == 2) {
            return lines(files.get(test ? 1 : 0));
        }
        List<String> lines = lines(files.get(0));
        List<String> part = new ArrayList<>(List.of(lines.get(0)));
        for (int row = 0; row < lines.size() - 1; row++) {
            if ((row % 5 == 0) == test) {
                part.add(lines.get(row + 1));
            }
        }
        return part;
    }

    private static List<String> lines(String file) {
        try (InputStream raw = resource("/data/" + file);
                InputStream in = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isEmpty()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file as it is, gzip or not. */
    static byte[] bytes(String file) {
        try (InputStream in = resource("/data/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream main = ReferenceSet.class.getResourceAsStream(name);
        return Objects.requireNonNullElseGet(
                main,
                () -> Objects.requireNonNull(
                        ReferenceSet.class.getResourceAsStream(name.replace("/data/", "/samples/")), name));
    }
}
