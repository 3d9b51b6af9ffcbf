package io.twostep.prediction.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    private static final int LITERALS = 1_000_000;

    @Test
    void readsEveryLiteralToTheNearestNumber() {
        Random random = new Random(7);
        for (int i = 0; i < LITERALS; i++) {
            String literal = literal(random);
            double read = read(literal);
            double expected = Double.parseDouble(literal);
            if (Double.doubleToRawLongBits(read) != Double.doubleToRawLongBits(expected)) {
                assertThat(read).as(literal).isEqualTo(expected);
            }
        }
    }

    /** An encoder rounds the double to a float: what was a float before comes out as that float. */
    @Test
    void readsWhatWasPrintedFromAFloatToThatFloat() {
        Random random = new Random(8);
        for (int i = 0; i < LITERALS; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                String literal = Float.toString(value);
                float read = (float) read(literal);
                if (read != value || read != Float.parseFloat(literal)) {
                    assertThat(read).as(literal).isEqualTo(value);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                "-0.0e-0",
                "9007199254740992",
                "9007199254740993",
                "9007199254740993.0",
                "999999999999999999",
                "9223372036854775807",
                "9223372036854775808",
                "18446744073709551616",
                "1e22",
                "1e23",
                "9007199254740991e22",
                "9007199254740993e22",
                "123456789012345678e-22",
                "1e-22",
                "1E+22",
                "4.9e-324",
                "2.4703282292062327e-324",
                "2.4703282292062328e-324",
                "2.2250738585072011e-308",
                "1.7976931348623157e308",
                "1e-400",
                "0.000000000000000000000000000001",
                "0.3",
                "5e-1",
                "8.41470984807896506652502e-1"
            })
    void readsNumbersAtTheEdges(String literal) {
        assertThat(Double.doubleToRawLongBits(read(literal)))
                .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(literal)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                ".5",
                "-.5",
                "1.",
                "1.e5",
                "01",
                "-01",
                "00",
                "1e",
                "1e+",
                "1e-",
                "e5",
                "NaN",
                "Infinity",
                "-Infinity",
                "1e309",
                "1e999999999999",
                "x",
                "\u0000"
            })
    void findsNoNumber(String text) {
        assertThat(end(text)).isNegative();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,", "1]", "1.5f", "0x1p3", "1_000", "1 2", "1e5e5", "1.2.3", "0-1"})
    void stopsBehindTheNumber(String text) {
        assertThat(end(text)).isBetween(1, text.length() - 1);
    }

    private static String literal(Random random) {
        StringBuilder literal = new StringBuilder();
        if (random.nextInt(4) == 0) {
            literal.append('-');
        }
        literal.append(random.nextInt(3) == 0 ? "0" : 1 + random.nextInt(9) + digits(random, random.nextInt(18)));
        if (random.nextInt(4) > 0) {
            literal.append('.').append(digits(random, 1 + random.nextInt(random.nextBoolean() ? 6 : 19)));
        }
        if (random.nextInt(4) == 0) {
            literal.append(random.nextBoolean() ? "e" : "E").append(new String[] {"", "-", "+"}[random.nextInt(3)]);
            literal.append(random.nextInt(random.nextBoolean() ? 30 : 320) / (literal.indexOf("-") > 1 ? 1 : 2));
        }
        return literal.toString();
    }

    private static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private static double read(String literal) {
        JsonNumber number = new JsonNumber(literal.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(number.read(0)).as(literal).isEqualTo(literal.length());
        return number.value();
    }

    private static int end(String text) {
        return new JsonNumber(text.getBytes(StandardCharsets.ISO_8859_1)).read(0);
    }
}
