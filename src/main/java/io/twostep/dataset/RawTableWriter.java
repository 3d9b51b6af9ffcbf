package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Writes the file of a {@link RawTable}, value by value, within the bounds of one upload. */
final class RawTableWriter implements AutoCloseable {

    private final Writer out;
    private final char[] buffer = new char[1 << 14];
    private int used;
    private final DatasetProperties bounds;
    private final BitSet dashes = new BitSet();
    private final BitSet pluses = new BitSet();
    private int column;
    private long rows;
    private long cells;
    private long length;

    RawTableWriter(Path file, DatasetProperties bounds) throws IOException {
        this.out = new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8);
        this.bounds = bounds;
    }

    long rows() {
        return rows;
    }

    /**
     * Whether {@code -} says in that column that there is no value: where {@code +} is a value, it is another.
     *
     * @param index of the column
     */
    boolean isMissingDash(int index) {
        return dashes.get(index) && !pluses.get(index);
    }

    /** @param value null where it is missing */
    void value(@Nullable String value) throws IOException {
        if (value == null) {
            begin(0);
        } else {
            value(value.toCharArray(), 0, value.length());
        }
    }

    /** Takes the characters from {@code from} to before {@code to} for a value. */
    void value(char[] chars, int from, int to) throws IOException {
        begin(to - from);
        if (to - from == 1) {
            see(chars[from]);
        }
        put('"');
        int begin = from;
        for (int i = from; i < to; i++) {
            if (chars[i] == '"') {
                put(chars, begin, i);
                put('"');
                begin = i;
            }
        }
        put(chars, begin, to);
        put('"');
    }

    private void see(char c) {
        if (c == '-') {
            dashes.set(column - 1);
        } else if (c == '+') {
            pluses.set(column - 1);
        }
    }

    private void begin(int characters) throws IOException {
        if (column > 0) {
            put(',');
        }
        column++;
        length += 1 + characters;
        if (length > bounds.maxLine().toBytes()) {
            throw tooLarge(bounds.maxLine().toBytes() + " characters in a row");
        }
    }

    private void put(char c) throws IOException {
        if (used == buffer.length) {
            flush();
        }
        buffer[used++] = c;
    }

    private void put(char[] chars, int from, int to) throws IOException {
        if (to - from > buffer.length - used) {
            flush();
        }
        if (to - from > buffer.length) {
            out.write(chars, from, to - from);
            return;
        }
        System.arraycopy(chars, from, buffer, used, to - from);
        used += to - from;
    }

    private void flush() throws IOException {
        out.write(buffer, 0, used);
        used = 0;
    }

    void endRow() throws IOException {
        put('\n');
        rows++;
        cells += column;
        column = 0;
        length = 0;
        if (rows > bounds.maxRows()) {
            throw tooLarge(bounds.maxRows() + " rows");
        }
        if (cells > bounds.maxCells()) {
            throw tooLarge(bounds.maxCells() + " values");
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }

    static ServiceException tooLarge(String most) {
        return new ServiceException(ErrorCode.DATASET_TOO_LARGE, "A table may have at most " + most + ".");
    }
}
