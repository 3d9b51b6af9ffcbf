package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes the file of a {@link RawTable}, value by value, within the bounds of one upload. */
final class RawTableWriter implements AutoCloseable {

    private final BufferedWriter out;
    private final DatasetProperties bounds;
    private int column;
    private long rows;
    private long cells;
    private long length;

    RawTableWriter(Path file, DatasetProperties bounds) throws IOException {
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        this.bounds = bounds;
    }

    long rows() {
        return rows;
    }

    /** @param value null where it is missing */
    void value(@Nullable CharSequence value) throws IOException {
        if (column > 0) {
            out.write(',');
        }
        column++;
        length += 1 + (value == null ? 0 : value.length());
        if (length > bounds.maxLine().toBytes()) {
            throw tooLarge(bounds.maxLine().toBytes() + " characters in a row");
        }
        if (value == null) {
            return;
        }
        out.write('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                out.write('"');
            }
            out.write(c);
        }
        out.write('"');
    }

    void endRow() throws IOException {
        out.write('\n');
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
        out.close();
    }

    static ServiceException tooLarge(String most) {
        return new ServiceException(ErrorCode.DATASET_TOO_LARGE, "A table may have at most " + most + ".");
    }
}
