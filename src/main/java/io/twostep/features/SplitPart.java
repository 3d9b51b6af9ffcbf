package io.twostep.features;

/** What a row is for. */
public enum SplitPart {
    /** To learn from. */
    TRAINING("training", 0),
    /** To watch while learning. */
    VALIDATION("validation", 1),
    /** To judge at the end. */
    TEST("test", 2);

    private final String label;
    private final byte code;

    SplitPart(String label, int code) {
        this.label = label;
        this.code = (byte) code;
    }

    /** As in a request: {@code validation}. */
    public String label() {
        return label;
    }

    /** A byte to remember it by. */
    byte code() {
        return code;
    }
}
