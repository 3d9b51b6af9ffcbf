package io.twostep.nn;

/** What a network is asked for. */
public sealed interface Task {

    /** How many classes, numbers or labels. */
    int count();

    /** One of {@code count} classes, at least 2. */
    record Classes(int count) implements Task {
        public Classes {
            if (count < 2) {
                throw new IllegalArgumentException("classes: at least 2 but was " + count);
            }
        }
    }

    /** Which of {@code count} labels a row has, at least 1: none, some or all of them. */
    record Labels(int count) implements Task {
        public Labels {
            if (count < 1) {
                throw new IllegalArgumentException("labels: at least 1 but was " + count);
            }
        }
    }

    /** {@code count} numbers, at least 1. */
    record Numbers(int count) implements Task {
        public Numbers {
            if (count < 1) {
                throw new IllegalArgumentException("numbers: at least 1 but was " + count);
            }
        }
    }
}
