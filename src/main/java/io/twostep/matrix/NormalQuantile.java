package io.twostep.matrix;

/**
 * The inverse of the standard normal distribution function, to about seven digits. Wichura: Algorithm AS 241, The
 * Percentage Points of the Normal Distribution, 1988 (PPND7). The same bits on every machine.
 */
final class NormalQuantile {

    /** Half the width of the middle, where one quotient of polynomials will do. */
    private static final double MIDDLE = 0.425;

    private NormalQuantile() {}

    /** @param p in (0, 1) */
    static double of(double p) {
        double q = p - 0.5;
        if (Math.abs(q) <= MIDDLE) {
            double r = MIDDLE * MIDDLE - q * q;
            return q
                    * (((5.9109374720e1 * r + 1.5929113202e2) * r + 5.0434271938e1) * r + 3.3871327179)
                    / (((6.7187563600e1 * r + 7.8757757664e1) * r + 1.7895169469e1) * r + 1);
        }
        double r = StrictMath.sqrt(-StrictMath.log(q < 0 ? p : 1 - p));
        return Math.copySign(r <= 5 ? near(r - 1.6) : far(r - 5), q);
    }

    private static double near(double r) {
        return (((1.7023821103e-1 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777)
                / ((1.2021132975e-1 * r + 7.3700164250e-1) * r + 1);
    }

    private static double far(double r) {
        return (((1.7337203997e-2 * r + 4.2868294337e-1) * r + 3.0812263860) * r + 6.6579051150)
                / ((1.2258202635e-2 * r + 2.4197894225e-1) * r + 1);
    }
}
