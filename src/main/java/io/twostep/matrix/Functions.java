package io.twostep.matrix;

/** The transcendental functions of an arithmetic. */
public interface Functions {

    double exp(double x);

    double expm1(double x);

    double log(double x);

    double log1p(double x);

    double tanh(double x);
}
