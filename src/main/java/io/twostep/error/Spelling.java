package io.twostep.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that was probably meant. */
public final class Spelling {

    private static final int LONGEST = 64;

    private Spelling() {}

    /** {@code " (did you mean "age"?)"}, or nothing when no candidate is near. */
    public static String hint(String word, Collection<String> candidates) {
        return nearest(word, candidates)
                .map(candidate -> " (did you mean " + Excerpt.quoted(candidate) + "?)")
                .orElse("");
    }

    /** The candidate with the fewest typing errors, at most one in three characters and never more than three. */
    public static Optional<String> nearest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        int tolerated = Math.min(3, Math.max(1, word.length() / 3));
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= tolerated)
                .filter(candidate -> distance(word, candidate) <= tolerated)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Insertions, deletions, substitutions and swaps of neighbours between two words, whatever their case. */
    static int distance(String from, String to) {
        int[][] distance = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                distance[i][j] = i == 0 || j == 0 ? i + j : step(from, to, i, j, distance);
            }
        }
        return distance[from.length()][to.length()];
    }

    private static int step(String from, String to, int i, int j, int[][] distance) {
        boolean same = same(from, i, to, j);
        int edited = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
        int replaced = distance[i - 1][j - 1] + (same ? 0 : 1);
        boolean swapped = i > 1 && j > 1 && same(from, i, to, j - 1) && same(from, i - 1, to, j);
        return Math.min(Math.min(edited, replaced), swapped ? distance[i - 2][j - 2] + 1 : edited);
    }

    private static boolean same(String from, int i, String to, int j) {
        return Character.toLowerCase(from.charAt(i - 1)) == Character.toLowerCase(to.charAt(j - 1));
    }
}
