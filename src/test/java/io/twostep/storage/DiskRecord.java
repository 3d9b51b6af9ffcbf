package io.twostep.storage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What happened to one file, in order, and what a power cut may leave of it: all that was forced before, and of what was
 * written since then any sectors, in any order.
 */
final class DiskRecord {

    private static final int SECTOR = 512;

    private sealed interface Event {}

    private record Written(long position, byte[] bytes) implements Event {}

    private record Truncated(long size) implements Event {}

    private record Forced() implements Event {}

    private record Acknowledged(int what) implements Event {}

    private final List<Event> events = new ArrayList<>();

    synchronized void written(long position, byte[] bytes) {
        events.add(new Written(position, bytes));
    }

    synchronized void truncated(long size) {
        events.add(new Truncated(size));
    }

    synchronized void forced() {
        events.add(new Forced());
    }

    /** From here on {@code what}, and all that was acknowledged before it, must survive. */
    synchronized void acknowledged(int what) {
        events.add(new Acknowledged(what));
    }

    synchronized int moments() {
        return events.size();
    }

    /** The last thing that was acknowledged before that moment, or 0. */
    synchronized int acknowledgedBefore(int moment) {
        for (int i = moment - 1; i >= 0; i--) {
            if (events.get(i) instanceof Acknowledged acknowledged) {
                return acknowledged.what;
            }
        }
        return 0;
    }

    /**
     * The file after a cut before that moment.
     *
     * @param share of the sectors that were not forced and have reached the disk all the same
     */
    synchronized byte[] cut(int moment, double share, Random random) {
        int forced = moment;
        while (forced > 0 && !(events.get(forced - 1) instanceof Forced)) {
            forced--;
        }
        Image image = new Image(greatestEnd(), random);
        for (int i = 0; i < moment; i++) {
            image.apply(events.get(i), i < forced ? 1 : share);
        }
        return Arrays.copyOf(image.bytes, image.size);
    }

    private int greatestEnd() {
        return events.stream()
                .mapToInt(event -> event instanceof Written written ? (int) written.position + written.bytes.length : 0)
                .max()
                .orElse(0);
    }

    private static final class Image {

        private final byte[] bytes;
        private final Random random;
        private int size;

        Image(int capacity, Random random) {
            this.bytes = new byte[capacity];
            this.random = random;
        }

        void apply(Event event, double share) {
            if (event instanceof Written written) {
                write(written, share);
            } else if (event instanceof Truncated truncated && isDone(share)) {
                Arrays.fill(bytes, (int) truncated.size, bytes.length, (byte) 0);
                size = (int) truncated.size;
            }
        }

        private void write(Written written, double share) {
            for (int from = 0; from < written.bytes.length; from += SECTOR) {
                if (isDone(share)) {
                    int length = Math.min(SECTOR, written.bytes.length - from);
                    int at = (int) written.position + from;
                    System.arraycopy(written.bytes, from, bytes, at, length);
                    size = Math.max(size, at + length);
                }
            }
        }

        private boolean isDone(double share) {
            return share == 1 || random.nextDouble() < share;
        }
    }
}
