package io.twostep.matrix;

/**
 * The error function, which the JDK lacks.
 *
 * <p>For x of 0 and above, with t = 2 / (2 + x), erfc(x) = t exp(-x^2 + P(2t - 1)), where P is smooth on [-1, 1]. P is
 * taken as a sum of Chebyshev polynomials, written out in powers; their coefficients were computed in 60 digits from the
 * power series of erf below x = 6 and the continued fraction of erfc above. Those left out add up to less than 1e-15.
 */
final class Erf {

    private static final double[] POWERS = {
        -0.6717940840566924,
        0.6726432239776581,
        0.04734330684186345,
        -0.0468956102313289,
        -0.009872689364099223,
        0.008824938561312312,
        0.0017589335074028024,
        -0.0023458125529958918,
        -0.00014624628742128046,
        0.0006736791352569014,
        -9.373894767669012e-05,
        -0.00017430412986932302,
        7.14181043342876e-05,
        3.174693542343594e-05,
        -3.0237840540230017e-05,
        1.3989370449859592e-07,
        8.6625353977338e-06,
        -2.9634842306510776e-06,
        -1.4094459917098747e-06,
        1.2833949151398461e-06,
        -4.146853735982694e-08,
        -2.895626566568509e-07,
        7.745572401525555e-08,
        2.980513363001344e-08,
        -1.27760865427456e-08,
        0,
        0,
        0,
    };

    private Erf() {}

    static double of(double x, Functions functions) {
        double size = Math.abs(x);
        double t = 2 / (2 + size);
        double erfc = t * functions.exp(-size * size + series(2 * t - 1));
        return x < 0 ? erfc - 1 : 1 - erfc;
    }

    /** Every fourth power in a sum of its own, so that no addition waits for the one before. */
    private static double series(double u) {
        double square = u * u;
        double fourth = square * square;
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = POWERS.length - 4; i >= 0; i -= 4) {
            sum0 = sum0 * fourth + POWERS[i];
            sum1 = sum1 * fourth + POWERS[i + 1];
            sum2 = sum2 * fourth + POWERS[i + 2];
            sum3 = sum3 * fourth + POWERS[i + 3];
        }
        return sum0 + sum1 * u + (sum2 + sum3 * u) * square;
    }
}
