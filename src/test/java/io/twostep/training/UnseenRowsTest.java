package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.twostep.features.ColumnData;
import io.twostep.features.DateOrder;
import io.twostep.features.Encoding;
import io.twostep.features.Numbers;
import io.twostep.features.Split;
import io.twostep.features.Table;
import io.twostep.features.Texts;
import io.twostep.features.UnseenCategory;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Regularizer;
import io.twostep.web.Json;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that is learned about the columns depends on a validation or test row: whatever these rows hold, the encoders
 * and the encoded training rows are the same.
 */
class UnseenRowsTest {

    private static final int ROWS = 80;
    private static final List<String> FEATURES = List.of("size", "count", "city", "color", "day");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'numeric':'min_max','missing':'mean'}",
                "{'numeric':'robust','missing':'indicator'}",
                "{'numeric':'log','missing':{'type':'constant','value':-1}}",
                "{'numeric':'none'}",
                "{'category':{'type':'one_hot','min_count':3}}",
                "{'category':{'type':'one_hot','max_categories':2}}",
                "{'category':{'type':'hash','buckets':8}}",
                "{'category':'target_mean'}",
                "{'category':{'type':'target_mean','smoothing':0,'folds':3,'max_categories':4}}",
                "{'date_parts':['month','weekday']}",
                "{'columns':{'day':{'category':'target_mean'}}}",
                "{'columns':{'city':{'category':{'type':'one_hot','min_count':3},'unseen':'reject'}}}",
                "{'columns':{'size':{'numeric':'log'},'city':{'category':'target_mean'},'color':{'category':'hash'}}}",
            })
    void teachNothing(String encoding) {
        for (String target : List.of("price", "kind")) {
            for (long seed = 0; seed < 30; seed++) {
                Recipe recipe = recipe(target, encoding, seed);
                Random random = new Random(seed);
                Split split = Split.random(ROWS, 0.2, 0.2, seed);
                Change change = new Change(target, encoding.contains("reject"), random, split);
                Table table = change.of(table(random)); // so that nothing unseen is refused
                Table changed = change.of(table);

                Preparation before = prepare(table, recipe);
                Preparation after = prepare(changed, recipe);

                String where = "%s from %s, seed %d".formatted(target, encoding, seed);
                assertThat(after.features()).as(where).isEqualTo(before.features());
                assertThat(after.target()).as(where).isEqualTo(before.target());
                assertThat(inputs(after.training())).as(where).isEqualTo(inputs(before.training()));
                assertThat(inputs(after.validation()))
                        .as("the change shows: %s", where)
                        .isNotEqualTo(inputs(before.validation()));
            }
        }
    }

    private static Recipe recipe(String target, String encoding, long seed) {
        return new Recipe(
                target,
                null,
                FEATURES,
                UnseenCategory.OTHER,
                Json.mapper().readValue(encoding.replace('\'', '"'), Encoding.class),
                NetworkSpec.hidden(),
                new SplitShares(0.2, 0.2),
                new TrainingSpec(new Sgd(0.1), 1, 8, Regularizer.NONE, StoppingRule.NONE, seed),
                "portable");
    }

    private static Preparation prepare(Table table, Recipe recipe) {
        return Preparation.of(table, recipe, ExampleStore.HEAP, TrainingListener.NONE);
    }

    private static float[] inputs(Examples examples) {
        FMatrixRMaj x = new FMatrixRMaj(examples.rows(), examples.inputs());
        examples.copy(0, x, new FMatrixRMaj(examples.rows(), examples.outputs()));
        return x.data;
    }

    private static Table table(Random random) {
        return new Table(List.of(
                new Numbers("size", numbers(random, 0.2)),
                new Numbers("count", random.ints(ROWS, 0, 5).asDoubleStream().toArray()),
                new Texts("city", texts(random, "city", 12)),
                new Texts("color", texts(random, "color", 4)),
                new Texts("day", days(random), DateOrder.DAY_FIRST),
                new Numbers("price", numbers(random, 0)),
                new Texts("kind", present(random, "kind", 3))));
    }

    /**
     * The rows of validation and test hold something else: other numbers, none, new categories and dates; targets stay
     * present, for rows without one are in no part.
     *
     * @param known whether categories must be those of training rows, because others are refused
     */
    private record Change(String target, boolean known, Random random, Split split) {

        Table of(Table table) {
            return new Table(table.columns().stream().map(this::of).toList());
        }

        private ColumnData of(ColumnData column) {
            ColumnData changed = column.rows(IntStream.range(0, ROWS).toArray());
            IntStream.concat(IntStream.of(split.validation()), IntStream.of(split.test()))
                    .forEach(row -> change(changed, row));
            return changed;
        }

        private void change(ColumnData column, int row) {
            boolean mayLack = !column.name().equals(target);
            if (column instanceof Numbers numbers) {
                numbers.values()[row] = mayLack && random.nextInt(3) == 0 ? Double.NaN : random.nextGaussian() * 1e6;
            } else {
                Texts texts = (Texts) column;
                texts.values()[row] = text(texts, mayLack);
            }
        }

        private @Nullable String text(Texts column, boolean mayLack) {
            if (column.dates() != null) {
                return day(random, 1900);
            }
            if (mayLack && !known) {
                return random.nextInt(3) == 0 ? null : "new" + random.nextInt(5);
            }
            return column.values()[split.training()[random.nextInt(split.training().length)]];
        }
    }

    private static @Nullable String[] days(Random random) {
        return IntStream.range(0, ROWS)
                .mapToObj(row -> row % 11 == 0 ? null : day(random, 2020))
                .toArray(String[]::new);
    }

    private static String day(Random random, int year) {
        return (1 + random.nextInt(28)) + "." + (1 + random.nextInt(12)) + "." + (year + random.nextInt(3)) + " "
                + random.nextInt(24) + ":00";
    }

    private static double[] numbers(Random random, double missing) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> random.nextDouble() < missing ? Double.NaN : random.nextGaussian() * 100)
                .toArray();
    }

    private static @Nullable String[] texts(Random random, String name, int values) {
        @Nullable String[] texts = present(random, name, values);
        for (int row = 0; row < ROWS; row += 9) {
            texts[row] = null;
        }
        return texts;
    }

    private static @Nullable String[] present(Random random, String name, int values) {
        return random.ints(ROWS, 0, values).mapToObj(value -> name + value).toArray(String[]::new);
    }
}
