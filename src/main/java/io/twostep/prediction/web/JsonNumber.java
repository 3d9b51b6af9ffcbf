package io.twostep.prediction.web;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberInput;

/**
 * Reads numbers of JSON straight out of bytes, each to the double that is nearest to it, as
 * {@link Double#parseDouble(String)} does.
 *
 * <p>Most numbers that people send have few digits: a whole number up to 2^53 and a power of ten up to 10^22 are doubles
 * without an error, so that one division or multiplication, which rounds once, is exact (W. Clinger: How to Read Floating
 * Point Numbers Accurately, 1990). The others go to Jackson's parser.
 */
final class JsonNumber {

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final long MOST_EXACT = 1L << 53;

    /** Digits that fit a long, whatever they are. */
    private static final int MOST_DIGITS = 18;

    /** Longer numbers are for the reader that knows all limits. */
    private static final int LONGEST = 64;

    private final byte[] json;
    private long digits;
    private double value;

    JsonNumber(byte[] json) {
        this.json = json;
    }

    /** The number that was read last. */
    double value() {
        return value;
    }

    /**
     * Reads the number that begins at {@code start}. What follows it is not looked at.
     *
     * @return where it ends, or -1 if there is none, or one that is very long or not finite
     */
    int read(int start) {
        boolean negative = octet(start) == '-';
        int first = negative ? start + 1 : start;
        digits = 0;
        int end = readDigits(first);
        if (end == first || (json[first] == '0' && end > first + 1)) {
            return -1;
        }
        int count = end - first;
        int exponent = 0;
        if (octet(end) == '.') {
            int fraction = end + 1;
            end = readDigits(fraction);
            if (end == fraction) {
                return -1;
            }
            exponent = fraction - end;
            count -= exponent;
        }
        boolean exact = count <= MOST_DIGITS && digits <= MOST_EXACT;
        if ((octet(end) | 0x20) == 'e') {
            long mantissa = digits;
            int sign = octet(end + 1) == '-' || octet(end + 1) == '+' ? end + 2 : end + 1;
            digits = 0;
            int scaleEnd = readDigits(sign);
            if (scaleEnd == sign || scaleEnd - sign > MOST_DIGITS) {
                return -1;
            }
            exact &= digits < 1000;
            exponent += (int) (octet(end + 1) == '-' ? -digits : digits);
            digits = mantissa;
            end = scaleEnd;
        }
        if (end - start > LONGEST) {
            return -1;
        }
        value = exact && Math.abs(exponent) < POWERS_OF_TEN.length
                ? scaled(negative, exponent)
                : NumberInput.parseDouble(new String(json, start, end - start, StandardCharsets.ISO_8859_1), true);
        return Double.isFinite(value) ? end : -1;
    }

    private double scaled(boolean negative, int exponent) {
        double scaled = exponent < 0 ? digits / POWERS_OF_TEN[-exponent] : digits * POWERS_OF_TEN[exponent];
        return negative ? -scaled : scaled;
    }

    /** Appends the digits that stand at {@code from} to the present ones; where they end. */
    private int readDigits(int from) {
        long all = digits;
        int at = from;
        for (; octet(at) >= '0' && octet(at) <= '9'; at++) {
            all = 10 * all + (json[at] - '0');
        }
        digits = all;
        return at;
    }

    /** The byte at a place, 0 behind the end. */
    private int octet(int place) {
        return place < json.length ? json[place] : 0;
    }
}
