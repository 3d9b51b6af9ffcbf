package io.twostep.matrix;

/**
 * The two functions of activations that are asked for most, {@link Exponential}, and for the rest those of {@link Math},
 * which the JVM may compute with the processor's own instructions.
 */
record FastFunctions() implements Functions {

    @Override
    public double exp(double x) {
        return Exponential.exp(x);
    }

    @Override
    public double expm1(double x) {
        return Math.expm1(x);
    }

    @Override
    public double log(double x) {
        return Math.log(x);
    }

    @Override
    public double log1p(double x) {
        return Math.log1p(x);
    }

    @Override
    public double tanh(double x) {
        return Exponential.tanh(x);
    }
}
