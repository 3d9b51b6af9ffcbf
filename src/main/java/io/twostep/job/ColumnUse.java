package io.twostep.job;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.features.Categorical;
import io.twostep.features.Feature;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.HashedCategory;
import io.twostep.features.Pool;
import io.twostep.features.TargetMeans;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of a column to predict from.
 *
 * @param encoding its name, as in the model's schema
 * @param inputs of the network
 * @param categories that are told apart; null for numbers and hashes
 * @param pooledCategories that are not; null if there are none
 * @param pooledRows training rows that have one of these
 */
public record ColumnUse(
        String column,
        String encoding,
        int inputs,
        @Nullable Integer categories,
        @Nullable Integer pooledCategories,
        @Nullable Integer pooledRows) {

    /** First those of which something is lost, then those of most inputs. */
    private static final Comparator<ColumnUse> BY_NOTE = Comparator.comparing((ColumnUse use) -> !use.losesCategories())
            .thenComparing(Comparator.comparingInt(ColumnUse::inputs).reversed());

    /** Of all columns, first those that should be noted. */
    public static List<ColumnUse> of(FeatureEncoder features) {
        return features.features().stream().map(ColumnUse::of).sorted(BY_NOTE).toList();
    }

    private static ColumnUse of(Feature feature) {
        if (feature instanceof Categorical known) {
            return of(feature, known.categories(), known.pool());
        }
        return feature instanceof TargetMeans known
                ? of(feature, known.categories(), known.pool())
                : of(feature, null, null);
    }

    private static ColumnUse of(Feature feature, @Nullable List<String> categories, @Nullable Pool pool) {
        return new ColumnUse(
                feature.name(),
                nameOf(feature.getClass()),
                feature.width(),
                categories == null ? null : categories.size(),
                pool == null ? null : pool.categories(),
                pool == null ? null : pool.rows());
    }

    private boolean losesCategories() {
        return pooledCategories != null
                || encoding.equals(nameOf(HashedCategory.class))
                || encoding.equals(nameOf(TargetMeans.class));
    }

    private static String nameOf(Class<? extends Feature> kind) {
        return Objects.requireNonNull(kind.getAnnotation(JsonTypeName.class)).value();
    }
}
