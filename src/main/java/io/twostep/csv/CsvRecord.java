package io.twostep.csv;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The values of one record, one behind the other in one array that is used again for the next. */
public final class CsvRecord {

    private char[] chars = new char[1024];
    private int length;
    /** Where values begin and end: two numbers each. */
    private int[] places = new int[64];

    private int width;
    private int begin;

    void clear() {
        length = 0;
        width = 0;
        begin = 0;
    }

    void append(char c) {
        reserve(1);
        chars[length++] = c;
    }

    void append(char[] source, int from, int to) {
        int count = to - from;
        reserve(count);
        System.arraycopy(source, from, chars, length, count);
        length += count;
    }

    /** Ends the value of what was appended; blanks around it go. */
    void endValue() {
        int from = begin;
        int to = length;
        while (from < to && Character.isWhitespace(chars[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(chars[to - 1])) {
            to--;
        }
        if (2 * width == places.length) {
            places = Arrays.copyOf(places, 2 * places.length);
        }
        places[2 * width] = from;
        places[2 * width + 1] = to;
        width++;
        begin = length;
    }

    /** How many values there are. */
    public int width() {
        return width;
    }

    public boolean isEmpty(int value) {
        return from(value) == to(value);
    }

    /** Where all values are; not to be written to. */
    public char[] chars() {
        return chars;
    }

    /** Where a value begins in {@link #chars()}. */
    public int from(int value) {
        return places[2 * value];
    }

    /** Where a value ends in {@link #chars()}. */
    public int to(int value) {
        return places[2 * value + 1];
    }

    public String value(int value) {
        return new String(chars, from(value), to(value) - from(value));
    }

    public List<String> values() {
        List<String> values = new ArrayList<>(width);
        for (int i = 0; i < width; i++) {
            values.add(value(i));
        }
        return values;
    }

    private void reserve(int count) {
        if (length + count > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(length + count, 2 * chars.length));
        }
    }
}
