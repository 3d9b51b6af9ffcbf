package io.twostep.prediction.web;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.io.NumberInput;

/**
 * Reads numbers of JSON straight out of bytes, each to the double that is nearest to it, as
 * {@link Double#parseDouble(String)} does.
 *
 * <p>Most numbers that people send have few digits and no exponent: whole numbers up to 2^53 and powers of ten up to 10^22
 * are doubles without an error, so that their quotient is rounded once, and correctly (W. Clinger: How to Read Floating
 * Point Numbers Accurately, 1990). The others go to Jackson's parser.
 */
final class JsonNumber {

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18
    };

    private static final long MOST_EXACT = 1L << 53;

    /** Digits that fit a long, whatever they are. */
    private static final int MOST_DIGITS = 18;

    /** Longer numbers are for the reader that knows all limits. */
    private static final int LONGEST = 64;

    private final byte[] json;
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
        int first = octet(start) == '-' ? start + 1 : start;
        int at = first;
        long digits = 0;
        while (isDigit(octet(at))) {
            digits = 10 * digits + (json[at++] - '0');
        }
        int count = at - first;
        if (count == 0 || (count > 1 && json[first] == '0')) {
            return -1;
        }
        int fraction = 0;
        if (octet(at) == '.') {
            int point = at++;
            while (isDigit(octet(at))) {
                digits = 10 * digits + (json[at++] - '0');
            }
            fraction = at - point - 1;
            if (fraction == 0) {
                return -1;
            }
        }
        if ((octet(at) | 0x20) == 'e') {
            return readScaled(start, at);
        }
        if (count + fraction > MOST_DIGITS || digits > MOST_EXACT) {
            return readAny(start, at);
        }
        double exact = fraction == 0 ? digits : digits / POWERS_OF_TEN[fraction];
        value = first == start ? exact : -exact;
        return at;
    }

    /** Reads the number whose exponent begins at {@code e}. */
    private int readScaled(int start, int e) {
        int first = octet(e + 1) == '-' || octet(e + 1) == '+' ? e + 2 : e + 1;
        int at = first;
        while (isDigit(octet(at))) {
            at++;
        }
        return at == first ? -1 : readAny(start, at);
    }

    private int readAny(int start, int end) {
        if (end - start > LONGEST) {
            return -1;
        }
        value = NumberInput.parseDouble(new String(json, start, end - start, StandardCharsets.ISO_8859_1), true);
        return Double.isFinite(value) ? end : -1;
    }

    /** The byte at a place; 0 where there is none. */
    private int octet(int place) {
        return place >= 0 && place < json.length ? json[place] : 0;
    }

    private static boolean isDigit(int octet) {
        return octet >= '0' && octet <= '9';
    }
}
