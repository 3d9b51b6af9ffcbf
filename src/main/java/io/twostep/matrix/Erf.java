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
        -0.6717940840566923,
        0.6726432239776567,
        0.04734330684190443,
        -0.0468956102311753,
        -0.009872689366389959,
        0.008824938557060623,
        0.001758933557799016,
        -0.002345812500482853,
        -0.00014624686337800336,
        0.000673678795580235,
        -9.37350311709817e-05,
        -0.0001743029472030762,
        7.14010141275703e-05,
        3.17451797494374e-05,
        -3.0187884551394243e-05,
        1.3772664134464417e-07,
        8.562623420121286e-06,
        -2.947986876998259e-06,
        -1.27231190486887e-06,
        1.2500276612569754e-06,
        -1.6849800720653297e-07,
        -2.495832761719667e-07,
        1.5334345920908177e-07,
        1.4448658046252676e-09,
        -3.9171820510271855e-08,
        1.1172352263623759e-08,
        4.06088214696972e-09,
        -1.8902306008944537e-09,
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
