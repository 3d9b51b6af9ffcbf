package io.twostep.matrix;

/**
 * Functions of one number whose last bits depend on who computes them. ({@link Math#sqrt}, sums and products are exactly
 * rounded everywhere and need no place here.)
 *
 * <p>Special values are those of {@link Math}: not-a-number in, not-a-number out.
 */
public interface Functions {

    /** e to the power of x. */
    double exp(double x);

    /** e to the power of x, minus 1; exact also near 0. */
    double expm1(double x);

    /** The natural logarithm of x. */
    double log(double x);

    /** The natural logarithm of 1 + x; exact also near 0. */
    double log1p(double x);

    /** The hyperbolic tangent of x. */
    double tanh(double x);

    /** The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to x; off by at most 1e-14. */
    default double erf(double x) {
        return Erf.of(x, this);
    }
}
