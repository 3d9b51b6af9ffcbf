package io.twostep.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trials that are compared with each other before any of the next rung begins.
 *
 * @param trials at most so many
 * @param epochs of each; null leaves it to the job
 */
public record Rung(int trials, @Nullable Integer epochs) {

    /**
     * The rungs of successive halving: of {@code factor} trials one stays, for {@code factor} times the epochs, until all
     * epochs of the job are reached. Once one is left it has all of them.
     */
    static List<Rung> halving(int trials, int factor, int minEpochs, int maxEpochs) {
        List<Rung> rungs = new ArrayList<>();
        int left = trials;
        long epochs = minEpochs;
        while (left > 1 && epochs < maxEpochs) {
            rungs.add(new Rung(left, (int) epochs));
            left = Math.max(1, left / factor);
            epochs *= factor;
        }
        rungs.add(new Rung(left, maxEpochs));
        return rungs;
    }
}
