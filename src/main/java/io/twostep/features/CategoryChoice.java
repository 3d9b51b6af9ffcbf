package io.twostep.features;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/**
 * Which categories of the training rows are told apart, and which are pooled.
 *
 * @param kept by code point
 * @param missing whether training rows lack the value
 * @param pool null if all are kept
 */
record CategoryChoice(
        List<String> kept, boolean missing, @Nullable Pool pool) {

    private static final int MOST_MEMBERS = 100_000;

    /** Pooled categories that are remembered although none is refused, to tell at prediction which are unseen. */
    private static final int MOST_KNOWN = 1_000;

    /** The most frequent first; of equally frequent ones that which comes first by code point. */
    private static final Comparator<Entry<String, Integer>> BY_COUNT =
            Entry.<String, Integer>comparingByValue().reversed().thenComparing(Entry.comparingByKey(CodePoints.ORDER));

    /**
     * Chooses.
     *
     * @param minCount training rows that a category needs to be kept
     * @param most categories to keep
     * @param unseen whether the pooled ones have to be remembered, to be told from those that are refused; else they are
     *     if they are few
     */
    static CategoryChoice of(Texts trainingRows, int minCount, int most, UnseenCategory unseen) {
        Map<String, Integer> counts = new HashMap<>();
        int missing = 0;
        for (String value : trainingRows.values()) {
            if (value == null) {
                missing++;
            } else {
                counts.merge(value, 1, Integer::sum);
            }
        }
        List<String> kept = counts.entrySet().stream()
                .filter(entry -> entry.getValue() >= minCount)
                .sorted(BY_COUNT)
                .limit(most)
                .map(Entry::getKey)
                .sorted(CodePoints.ORDER)
                .toList();
        return new CategoryChoice(kept, missing > 0, pool(trainingRows.name(), counts, kept, unseen));
    }

    /** @param counts emptied of what is kept */
    private static @Nullable Pool pool(
            String name, Map<String, Integer> counts, List<String> kept, UnseenCategory unseen) {
        kept.forEach(counts::remove);
        if (counts.isEmpty()) {
            return null;
        }
        int rows = counts.values().stream().mapToInt(Integer::intValue).sum();
        if (unseen == UnseenCategory.REJECT && counts.size() > MOST_MEMBERS) {
            throw Problems.inColumn(
                    name,
                    "has " + counts.size() + " pooled categories, and a model remembers at most " + MOST_MEMBERS
                            + " to refuse others: take unseen categories for others, or exclude the column");
        }
        List<String> members = new ArrayList<>(counts.keySet());
        members.sort(CodePoints.ORDER);
        boolean remembers = unseen == UnseenCategory.REJECT || members.size() <= MOST_KNOWN;
        return new Pool(members.size(), rows, remembers ? members : null);
    }
}
