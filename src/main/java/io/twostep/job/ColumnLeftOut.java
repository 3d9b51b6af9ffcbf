package io.twostep.job;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.dataset.Dataset;
import io.twostep.training.Recipe;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A column of the dataset that was not learned from. */
public record ColumnLeftOut(String column, Reason reason) {

    /** Why. */
    public enum Reason {
        /** It is excluded, or others were asked for. */
        @JsonProperty("not_asked_for")
        NOT_ASKED_FOR,
        /** It says which rows are learned from. */
        @JsonProperty("divides_the_rows")
        DIVIDES_THE_ROWS,
        /** It says how much each row counts. */
        @JsonProperty("sample_weight")
        SAMPLE_WEIGHT
    }

    /** All that a recipe leaves out of a dataset, but for the target. */
    public static List<ColumnLeftOut> of(Dataset dataset, Recipe recipe) {
        Set<String> used = new HashSet<>(recipe.features());
        used.addAll(recipe.targetColumns().names());
        return dataset.columnNames().stream()
                .filter(name -> !used.contains(name))
                .map(name -> new ColumnLeftOut(name, reason(name, recipe)))
                .toList();
    }

    private static Reason reason(String name, Recipe recipe) {
        if (name.equals(recipe.sampleWeight())) {
            return Reason.SAMPLE_WEIGHT;
        }
        return recipe.split().by().names().contains(name) ? Reason.DIVIDES_THE_ROWS : Reason.NOT_ASKED_FOR;
    }
}
