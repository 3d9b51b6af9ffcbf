package io.twostep.matrix;

/**
 * Random numbers that are a pure function of a seed, a purpose and coordinates (epoch, layer …).
 *
 * <p>There is no generator state to save: the stream of epoch 7 can be had without drawing those of epochs 1 to 6, and
 * a new purpose never shifts the numbers of another. The generator is SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, 2014); the same arguments give the same numbers on every machine and Java version.
 */
public final class RandomStream {

    /** What the numbers are for; each purpose has its own streams. */
    public enum Purpose {
        SPLIT(0x51AB5D1CL),
        WEIGHTS(0x7E1647A9L),
        BIASES(0x3C90F2E7L),
        SHUFFLE(0x19D0C5B3L),
        FOLDS(0x6B8E2F4DL),
        NOISE(0x2D9A64F1L),
        SEARCH(0x2D4C8A17L),
        SAMPLE(0x4F7A13D9L);

        private final long salt;

        Purpose(long salt) {
            this.salt = salt;
        }
    }

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;
    private double spareGaussian = Double.NaN;

    private RandomStream(long state) {
        this.state = state;
    }

    public static RandomStream of(long seed, Purpose purpose, long... coordinates) {
        long state = key(seed, purpose);
        for (long coordinate : coordinates) {
            state = key(state, coordinate);
        }
        return new RandomStream(state);
    }

    /** A key for {@link #key(long, long) random numbers without a stream}, which threads draw in any order. */
    public static long key(long seed, Purpose purpose) {
        return mix(mix(seed + GOLDEN_GAMMA) ^ purpose.salt);
    }

    /** Of a key, the one that belongs to a coordinate: 64 random bits themselves. */
    public static long key(long key, long coordinate) {
        return mix(key + GOLDEN_GAMMA + coordinate);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** Uniform in [0, 1), a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** Uniform in [0, bound), by Lemire's multiplication; the bias is below bound / 2^63. */
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be > 0 but was " + bound);
        }
        return (int) Math.multiplyHigh(nextLong() >>> 1, 2L * bound);
    }

    /** Standard normal, by Marsaglia's polar method in {@link StrictMath}. */
    public double nextGaussian() {
        if (!Double.isNaN(spareGaussian)) {
            double spare = spareGaussian;
            spareGaussian = Double.NaN;
            return spare;
        }
        while (true) {
            double u = 2 * nextDouble() - 1;
            double v = 2 * nextDouble() - 1;
            double s = u * u + v * v;
            if (s > 0 && s < 1) {
                double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
                spareGaussian = v * factor;
                return u * factor;
            }
        }
    }

    /** Puts {@code items} into a random order, in place (Fisher-Yates). */
    public void shuffle(int[] items) {
        for (int i = items.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = items[i];
            items[i] = items[j];
            items[j] = swapped;
        }
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
