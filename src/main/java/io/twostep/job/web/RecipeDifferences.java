package io.twostep.job.web;

import io.twostep.error.Problem;
import io.twostep.training.Recipe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What some recipes differ in.
 *
 * @param differences the fields that are not the same in all, at most {@value #MOST}
 * @param differencesNotShown how many more there are
 */
record RecipeDifferences(List<Difference> differences, int differencesNotShown) {

    static final int MOST = 200;

    /**
     * A field.
     *
     * @param pointer where it stands in a recipe (RFC 6901)
     * @param values one for each recipe; null where a recipe does not have it
     */
    record Difference(String pointer, List<@Nullable JsonNode> values) {

        boolean isOne() {
            return values.stream().map(String::valueOf).distinct().count() > 1;
        }
    }

    static RecipeDifferences of(List<Recipe> recipes, JsonMapper json) {
        List<Map<String, JsonNode>> all =
                recipes.stream().map(recipe -> leaves(json.valueToTree(recipe))).toList();
        Set<String> pointers = new LinkedHashSet<>();
        all.forEach(leaves -> pointers.addAll(leaves.keySet()));
        List<Difference> differences = pointers.stream()
                .map(pointer -> difference(pointer, all))
                .filter(Difference::isOne)
                .toList();
        return new RecipeDifferences(differences.stream().limit(MOST).toList(), Math.max(0, differences.size() - MOST));
    }

    private static Difference difference(String pointer, List<Map<String, JsonNode>> all) {
        List<@Nullable JsonNode> values = new ArrayList<>();
        all.forEach(leaves -> values.add(leaves.get(pointer)));
        return new Difference(pointer, values);
    }

    private static Map<String, JsonNode> leaves(JsonNode recipe) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        gather("", recipe, leaves);
        return leaves;
    }

    private static void gather(String pointer, JsonNode node, Map<String, JsonNode> leaves) {
        if (!node.isContainer() || node.isEmpty()) {
            leaves.put(pointer, node);
        }
        for (String name : node.propertyNames()) {
            gather(pointer + "/" + Problem.token(name), node.get(name), leaves);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            gather(pointer + "/" + i, node.get(i), leaves);
        }
    }
}
