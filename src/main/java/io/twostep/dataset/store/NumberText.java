package io.twostep.dataset.store;

import io.twostep.dataset.RawTable.Column;

/**
 * SQL about text that may stand for a number.
 *
 * @param c the name of the column that has it
 * @param comma whether numbers have a decimal comma
 */
record NumberText(String c, boolean comma) {

    /** Decimal notation as {@link io.twostep.features.TextValue} reads it. */
    private static final String NUMBER = "[+-]?([0-9]+[%1$s]?[0-9]*|[%1$s][0-9]+)([eE][+-]?[0-9]+)?";

    static NumberText of(int index, Column column) {
        return new NumberText("c" + index, column.decimal().isComma());
    }

    /** Whether it is one, though it may be too large for a double. */
    String isNumber() {
        return "regexp_full_match(%s, '%s')".formatted(c, NUMBER.formatted(mark()));
    }

    /** What stands before the fraction. */
    String mark() {
        return comma ? "," : ".";
    }

    /** The text with a decimal point. */
    String pointed() {
        return comma ? "replace(%s, ',', '.')".formatted(c) : c;
    }

    /** The number, or null where there is none. */
    String value() {
        return "try_cast(%s as double)".formatted(pointed());
    }

    /** Whether it is a number that a double can hold. */
    String isFinite() {
        return "(%s and coalesce(isfinite(%s), false))".formatted(isNumber(), value());
    }
}
