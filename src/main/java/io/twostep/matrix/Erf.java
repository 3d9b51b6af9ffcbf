package io.twostep.matrix;

/**
 * The error function, which the JDK lacks.
 *
 * <p>For x of 0 and above, with t = 2 / (2 + x), erfc(x) = t exp(-x^2 + P(2t - 1)), where P is smooth on [-1, 1]. P is
 * taken as a sum of Chebyshev polynomials; their coefficients were computed in 60 digits from the power series of erf below
 * x = 6 and the continued fraction of erfc above. Those left out add up to less than 1e-15.
 */
final class Erf {

    private static final double[] CHEBYSHEV = {
        -1.30265371978171,
        0.641969792356490,
        0.0194764732041858,
        -0.00956151478680863,
        -0.000946595344482037,
        0.000366839497852761,
        4.25233248069078e-5,
        -2.02785781125342e-5,
        -1.62429000464702e-6,
        1.30365583558052e-6,
        1.56264417220661e-8,
        -8.52380959149265e-8,
        6.52905443909885e-9,
        5.05934349555147e-9,
        -9.91364156493033e-10,
        -2.27365122293184e-10,
        9.64679110201553e-11,
        2.39403808303911e-12,
        -6.88602752649755e-12,
        8.94487927307e-13,
        3.13092139934e-13,
        -1.12708223614e-13,
        3.81090526e-16,
        7.10609761e-15,
        -1.52302820e-15,
    };

    private Erf() {}

    static double of(double x, Functions functions) {
        double size = Math.abs(x);
        double t = 2 / (2 + size);
        double erfc = t * functions.exp(-size * size + chebyshev(2 * t - 1));
        return x < 0 ? erfc - 1 : 1 - erfc;
    }

    /** Clenshaw's recurrence; the first coefficient counts half. */
    private static double chebyshev(double u) {
        double next = 0;
        double afterNext = 0;
        for (int i = CHEBYSHEV.length - 1; i > 0; i--) {
            double current = 2 * u * next - afterNext + CHEBYSHEV[i];
            afterNext = next;
            next = current;
        }
        return u * next - afterNext + CHEBYSHEV[0] / 2;
    }
}
