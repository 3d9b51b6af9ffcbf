package io.twostep.benchmark;

import io.twostep.matrix.RandomStream;
import io.twostep.matrix.RandomStream.Purpose;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A CSV body of the shape of W3, made while it is read: 784 pixels from 0 to 255 and one of ten labels, where each label
 * has a picture of its own of which every row is a dimmed copy.
 */
public final class PixelCsv extends InputStream {

    public static final int PIXELS = 784;
    public static final String TARGET = "label";

    private static final int LABELS = 10;
    private static final int RANDOM_BYTES = 8;

    private final byte[][] decimals = new byte[256][];
    private final int[][] pictures = new int[LABELS][PIXELS];
    private final RandomStream random = RandomStream.of(42, Purpose.SPLIT);
    private final byte[] line = new byte[PIXELS * 4 + 4];
    private int rowsLeft;
    private byte[] source;
    private int at;
    private int end;

    public PixelCsv(int rows) {
        rowsLeft = rows;
        for (int value = 0; value < decimals.length; value++) {
            decimals[value] = (value + ",").getBytes(StandardCharsets.US_ASCII);
        }
        for (int[] picture : pictures) {
            for (int i = 0; i < PIXELS; i++) {
                picture[i] = Math.max(0, random.nextInt(512) - 256);
            }
        }
        source = header().getBytes(StandardCharsets.US_ASCII);
        end = source.length;
    }

    @Override
    public int read() {
        return refill() ? source[at++] : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (!refill()) {
            return -1;
        }
        int count = Math.min(length, end - at);
        System.arraycopy(source, at, target, offset, count);
        at += count;
        return count;
    }

    /** Whether there is anything left to read. */
    private boolean refill() {
        if (at == end && rowsLeft > 0) {
            rowsLeft--;
            source = line;
            at = 0;
            end = writeLine();
        }
        return at < end;
    }

    private int writeLine() {
        int label = random.nextInt(LABELS);
        int length = 0;
        long bits = 0;
        for (int i = 0; i < PIXELS; i++) {
            bits = i % RANDOM_BYTES == 0 ? random.nextLong() : bits >>> Byte.SIZE;
            byte[] decimal = decimals[pictures[label][i] * (int) (bits & 255) >> Byte.SIZE];
            System.arraycopy(decimal, 0, line, length, decimal.length);
            length += decimal.length;
        }
        line[length++] = (byte) ('0' + label);
        line[length++] = '\n';
        return length;
    }

    private static String header() {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < PIXELS; i++) {
            header.append("p").append(i).append(',');
        }
        return header.append(TARGET).append('\n').toString();
    }
}
