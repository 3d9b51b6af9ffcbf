package io.twostep.matrix;

import io.twostep.error.InvalidValueException;
import org.jspecify.annotations.Nullable;

/**
 * A way to compute: the matrix products together with the functions of one number.
 *
 * <ul>
 *   <li>{@code fast}: products in the native BLAS where it loads, else in plain Java; quick functions. The same
 *       bits on the same kind of machine and Java build.
 *   <li>{@code portable}: products in plain Java, functions of {@link StrictMath}. The same bits on every machine.
 * </ul>
 *
 * Both are shared and may be used from many threads at once.
 */
public final class Arithmetic {

    private final String name;
    private final Products products;
    private final Functions functions;
    private final String description;
    private final boolean isNative;
    private final @Nullable String nativeFailure;

    private Arithmetic(
            String name,
            Products products,
            Functions functions,
            String description,
            boolean isNative,
            @Nullable String nativeFailure) {
        this.name = name;
        this.products = products;
        this.functions = functions;
        this.description = description;
        this.isNative = isNative;
        this.nativeFailure = nativeFailure;
    }

    /** The first call loads the native library, which may take a second; every later one returns the same object. */
    public static Arithmetic fast() {
        return Fast.ARITHMETIC;
    }

    public static Arithmetic portable() {
        return Portable.ARITHMETIC;
    }

    /**
     * The arithmetic of that {@link #name}.
     *
     * @throws InvalidValueException if there is none
     */
    public static Arithmetic named(String name) {
        return switch (name) {
            case "fast" -> fast();
            case "portable" -> portable();
            default -> throw new InvalidValueException("arithmetic", "must be fast or portable but was " + name);
        };
    }

    /** {@code fast} or {@code portable}. */
    public String name() {
        return name;
    }

    public Products products() {
        return products;
    }

    public Functions functions() {
        return functions;
    }

    /** What computes, for logs and people. */
    public String description() {
        return description;
    }

    /**
     * Differs between two machines or builds on which this arithmetic differs in a last bit; that of {@code portable} is
     * the same everywhere. Takes some milliseconds.
     */
    public long imprint() {
        return Imprint.of(products, functions);
    }

    /** Whether large products are done in the native library. */
    public boolean isNative() {
        return isNative;
    }

    /** Why the native library is not in use though it was asked for, in one line that may name files; else null. */
    public @Nullable String nativeFailure() {
        return nativeFailure;
    }

    @Override
    public String toString() {
        return name + " (" + description + ")";
    }

    private static Arithmetic loadFast() {
        NativeBlas blas = NativeBlas.load();
        Products products = blas.products();
        return products != null
                ? new Arithmetic(
                        "fast",
                        products,
                        new FastFunctions(),
                        NativeBlas.description() + ", one thread a product",
                        true,
                        null)
                : new Arithmetic(
                        "fast",
                        new JavaProducts(),
                        new FastFunctions(),
                        "plain Java, native BLAS unavailable: " + blas.failure(),
                        false,
                        blas.failure());
    }

    private static final class Fast {
        static final Arithmetic ARITHMETIC = loadFast();
    }

    private static final class Portable {
        static final Arithmetic ARITHMETIC = new Arithmetic(
                "portable", new JavaProducts(), new PortableFunctions(), "plain Java, StrictMath", false, null);
    }
}
