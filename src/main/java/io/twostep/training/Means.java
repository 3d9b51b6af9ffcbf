package io.twostep.training;

import java.util.Collection;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Means of a figure over several, each counting once. */
final class Means {

    private Means() {}

    /** Null where one does not have it, and where they are too large to add. */
    static <T> @Nullable Double of(Collection<T> all, Function<T, @Nullable Double> figure) {
        double sum = 0;
        for (T each : all) {
            Double value = figure.apply(each);
            if (value == null) {
                return null;
            }
            sum += value;
        }
        return Double.isFinite(sum) ? sum / all.size() : null;
    }

    static <T> double ofAll(Collection<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).sum() / all.size();
    }
}
