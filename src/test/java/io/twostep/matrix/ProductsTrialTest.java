package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductsTrialTest {

    @Test
    void trustsPlainJava() {
        assertThat(ProductsTrial.passes(wrongIn("none"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"multiply", "affine", "frozen", "multiplyTransA", "multiplyTransB"})
    void doesNotTrustALibraryThatMakesOneFormWrong(String form) {
        assertThat(ProductsTrial.passes(wrongIn(form))).isFalse();
    }

    /** Plain Java, but for the first number of one form. */
    private static Products wrongIn(String form) {
        Products java = new JavaProducts();
        return (Products) Proxy.newProxyInstance(
                ProductsTrialTest.class.getClassLoader(), new Class<?>[] {Products.class}, (proxy, method, given) -> {
                    Object answer = method.invoke(java, given);
                    boolean wrong = method.getName().equals(form);
                    if (wrong && answer instanceof Affine affine) {
                        return (Affine) (x, y) -> {
                            affine.apply(x, y);
                            y.data[0]++;
                        };
                    }
                    if (wrong) {
                        ((FMatrixRMaj) given[form.equals("affine") ? 3 : 2]).data[0]++;
                    }
                    return answer;
                });
    }
}
