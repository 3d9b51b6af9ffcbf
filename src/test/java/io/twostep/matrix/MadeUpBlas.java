package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import java.lang.reflect.Proxy;
import java.util.Collection;

/** A library whose only call is C = C + AB, column by column, and which makes its sums as it is told. */
final class MadeUpBlas {

    private MadeUpBlas() {}

    interface Sums {

        /** C(i, j) with the product added. */
        float added(Call call, int i, int j, float c);
    }

    /** A product of A [m x k] and B [k x n], each column by column. */
    record Call(int m, int n, int k, float[] a, int aAt, int aLead, float[] b, int bAt, int bLead) {

        float left(int i, int p) {
            return a[aAt + p * aLead + i];
        }

        float right(int p, int j) {
            return b[bAt + j * bLead + p];
        }
    }

    /** @param asked receives the columns of C at every call, which are rows of ours */
    static BLAS of(Sums sums, Collection<Integer> asked) {
        return (BLAS) Proxy.newProxyInstance(
                MadeUpBlas.class.getClassLoader(), new Class<?>[] {BLAS.class}, (proxy, method, given) -> {
                    assertThat(method.getName()).isEqualTo("sgemm");
                    Call call = new Call(
                            (int) given[2],
                            (int) given[3],
                            (int) given[4],
                            (float[]) given[6],
                            (int) given[7],
                            (int) given[8],
                            (float[]) given[9],
                            (int) given[10],
                            (int) given[11]);
                    float kept = (float) given[12];
                    float[] c = (float[]) given[13];
                    asked.add(call.n);
                    for (int j = 0; j < call.n; j++) {
                        for (int i = 0; i < call.m; i++) {
                            int at = (int) given[14] + j * (int) given[15] + i;
                            c[at] = sums.added(call, i, j, c[at] * kept);
                        }
                    }
                    return null;
                });
    }
}
