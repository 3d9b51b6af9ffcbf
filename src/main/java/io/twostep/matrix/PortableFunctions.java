package io.twostep.matrix;

/** The functions of {@link StrictMath}, which are the same to the last bit everywhere. */
record PortableFunctions() implements Functions {

    @Override
    public double exp(double x) {
        return StrictMath.exp(x);
    }

    @Override
    public double expm1(double x) {
        return StrictMath.expm1(x);
    }

    @Override
    public double log(double x) {
        return StrictMath.log(x);
    }

    @Override
    public double log1p(double x) {
        return StrictMath.log1p(x);
    }

    @Override
    public double tanh(double x) {
        return StrictMath.tanh(x);
    }
}
