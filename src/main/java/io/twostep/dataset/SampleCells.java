package io.twostep.dataset;

/** What the values of a sample may be while it is not known yet how the text is written. */
record SampleCells(MissingMarkers markers) {

    boolean isMissing(String value) {
        return markers.match(value.toCharArray(), 0, value.length()) || (markers.dash() && value.equals("-"));
    }

    /** In either decimal notation, with or without marks between thousands: whichever it is, it is no name. */
    boolean isNumber(String value) {
        return DecimalScan.isNumber(value);
    }

    boolean isNumberOrMissing(String value) {
        return isMissing(value) || isNumber(value);
    }
}
