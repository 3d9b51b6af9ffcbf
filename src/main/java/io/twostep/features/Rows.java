package io.twostep.features;

import java.util.Arrays;

/** Sets of row numbers, ascending. */
final class Rows {

    private Rows() {}

    /** The rows that both have. */
    static int[] inBoth(int[] some, int[] others) {
        int[] both = new int[Math.min(some.length, others.length)];
        int count = 0;
        int next = 0;
        for (int row : some) {
            while (next < others.length && others[next] < row) {
                next++;
            }
            if (next < others.length && others[next] == row) {
                both[count++] = row;
            }
        }
        return Arrays.copyOf(both, count);
    }
}
