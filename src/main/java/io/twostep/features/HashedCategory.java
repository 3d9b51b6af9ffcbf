package io.twostep.features;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A category as the bucket of its hash: one input for each bucket, and one for a missing value if training rows lacked
 * it, as in {@link Categorical}. No category is unseen.
 */
@JsonTypeName("hashed")
public record HashedCategory(String name, int buckets, boolean missing) implements Feature {

    private static final long FNV_OFFSET = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    public HashedCategory {
        InvalidValueException.throwIfAny(CategoryEncoding.Hash.BUCKETS.problem("buckets", buckets));
    }

    static HashedCategory fit(Texts trainingRows, int buckets) {
        boolean missing = Arrays.stream(trainingRows.values()).anyMatch(Objects::isNull);
        return new HashedCategory(trainingRows.name(), buckets, missing);
    }

    @Override
    public int width() {
        return buckets + (missing ? 1 : 0);
    }

    @Override
    public List<String> inputNames() {
        List<String> names = new ArrayList<>(width());
        for (int bucket = 0; bucket < buckets; bucket++) {
            names.add(name + " in bucket " + bucket);
        }
        if (missing) {
            names.add(name + " is missing");
        }
        return List.copyOf(names);
    }

    @Override
    public boolean takesNumbers() {
        return false;
    }

    @Override
    public @Nullable String encode(@Nullable String value, float[] x, int at) {
        Arrays.fill(x, at, at + width(), 0);
        if (value != null) {
            x[at + bucket(value)] = 1;
        } else if (missing) {
            x[at + buckets] = 1;
        }
        return null;
    }

    /** The numbers are promised: a stored model must find the same bucket for ever. */
    private int bucket(String category) {
        return (int) Long.remainderUnsigned(mixed(fnv(category)), buckets);
    }

    /** FNV-1a over UTF-16 units (Fowler, Noll, Vo), which tells apart what {@link String#hashCode} does not. */
    private static long fnv(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** The finaliser of MurmurHash3: the last characters reach all bits, too. */
    private static long mixed(long hash) {
        hash = (hash ^ (hash >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return hash ^ (hash >>> 33);
    }
}
