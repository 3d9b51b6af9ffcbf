package io.twostep.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class ImprintTest {

    private static final long PORTABLE = 3732673811880684644L;

    @Test
    void isTheSameOnEveryMachineWherePortable() {
        assertThat(Arithmetic.portable().imprint()).isEqualTo(PORTABLE);
    }

    @Test
    void isTheSameAtEveryCall() {
        assertThat(Arithmetic.fast().imprint()).isEqualTo(Arithmetic.fast().imprint());
    }

    @Test
    void differsWithTheLastBitsOfTheFunctions() {
        assertThat(Imprint.of(new JavaProducts(), new FastFunctions())).isNotEqualTo(PORTABLE);
    }

    @Test
    void differsWithTheLastBitsOfTheProducts() {
        Products fast = Arithmetic.fast().products();
        assumeTrue(Arithmetic.fast().isNative(), () -> Arithmetic.fast().description());

        assertThat(Imprint.of(fast, new PortableFunctions())).isNotEqualTo(PORTABLE);
    }
}
