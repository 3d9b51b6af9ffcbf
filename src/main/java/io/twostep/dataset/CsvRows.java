package io.twostep.dataset;

import io.twostep.csv.CsvReader;
import io.twostep.csv.CsvRecord;
import io.twostep.csv.Dialect;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.features.TextValue;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a CSV text to the file of a {@link RawTable}. Hardly any value of them becomes an object. */
final class CsvRows {

    private static final String NO_HEADER = " If the first line is a row, say header=false.";

    private final Path file;
    private final DatasetProperties bounds;
    private final MissingMarkers markers;
    private final SaidTypes types;

    private List<String> names = List.of();
    private BitSet dashes = new BitSet();
    private long count;
    private boolean sawBackslash;
    /** Rows at the end that hold nothing but delimiters, and the line of the first. */
    private long emptyRows;

    private long firstEmptyLine;

    CsvRows(Path file, DatasetProperties bounds, MissingMarkers markers, SaidTypes types) {
        this.file = file;
        this.bounds = bounds;
        this.markers = markers;
        this.types = types;
    }

    /** Reads a text from its start to its end, and forgets what was read before. */
    void read(Reader text, Dialect dialect, boolean header) throws IOException {
        CsvReader records =
                new CsvReader(text, dialect, Math.toIntExact(bounds.maxLine().toBytes()), Integer.MAX_VALUE);
        names = List.of();
        count = 0;
        emptyRows = 0;
        try (RawTableWriter out = new RawTableWriter(file, bounds)) {
            if (records.next()) {
                begin(records.record(), header, out);
            }
            while (records.next()) {
                requireWidth(records, header);
                write(records.record(), out);
                countEmpty(records);
            }
            count = out.rows();
            dashes = dashes(out);
        } finally {
            sawBackslash = records.sawBackslash();
        }
    }

    Path file() {
        return file;
    }

    long count() {
        return count;
    }

    /** Of the columns; none if there is no record at all. */
    List<String> names() {
        return names;
    }

    /** Whether a dash in that column stands for a missing value. */
    boolean isMissingDash(int column) {
        return dashes.get(column);
    }

    /** See {@link CsvReader#sawBackslash()}. */
    boolean sawBackslash() {
        return sawBackslash;
    }

    /** Spreadsheets write such rows below a table; null if there are none. */
    @Nullable
    String doubt() {
        return emptyRows == 0
                ? null
                : "From line " + firstEmptyLine + " on there is nothing but delimiters; rows without any value: "
                        + emptyRows + ".";
    }

    private void countEmpty(CsvReader records) {
        CsvRecord record = records.record();
        if (record.width() == 1
                || !record.isEmpty(0)
                || !IntStream.range(1, record.width()).allMatch(record::isEmpty)) {
            emptyRows = 0;
            return;
        }
        if (emptyRows == 0) {
            firstEmptyLine = records.recordLine();
        }
        emptyRows++;
    }

    private void begin(CsvRecord first, boolean header, RawTableWriter out) throws IOException {
        if (first.width() > bounds.maxColumns()) {
            throw RawTableWriter.tooLarge(bounds.maxColumns() + " columns");
        }
        names = header ? ColumnNames.checked(first.values(), NO_HEADER) : numbered(first.width());
        types.requireAmong(names);
        if (!header) {
            write(first, out);
        }
    }

    private BitSet dashes(RawTableWriter out) {
        BitSet found = new BitSet();
        if (markers.dash()) {
            IntStream.range(0, names.size()).filter(out::isMissingDash).forEach(found::set);
        }
        return found;
    }

    private static List<String> numbered(int width) {
        return IntStream.rangeClosed(1, width).mapToObj(i -> "column_" + i).toList();
    }

    private void write(CsvRecord record, RawTableWriter out) throws IOException {
        char[] chars = record.chars();
        for (int i = 0; i < record.width(); i++) {
            int from = record.from(i);
            int to = record.to(i);
            if (markers.match(chars, from, to)) {
                out.value(null);
            } else if (mayBeBoolean(chars, from, to)) {
                out.value(TextValue.category(record.value(i)));
            } else {
                out.value(chars, from, to);
            }
        }
        out.endRow();
    }

    /** Whether the value may be one that {@link TextValue#category} changes. */
    private static boolean mayBeBoolean(char[] chars, int from, int to) {
        int length = to - from;
        char first = chars[from];
        return (length == 4 && (first == 't' || first == 'T')) || (length == 5 && (first == 'f' || first == 'F'));
    }

    private void requireWidth(CsvReader records, boolean header) {
        int found = records.record().width();
        int expected = names.size();
        if (found != expected) {
            String place = found < expected
                    ? "column " + (found + 1) + ", " + Excerpt.quoted(names.get(found)) + ", is not there"
                    : "there is no column " + (expected + 1);
            throw new ServiceException(
                    ErrorCode.DATASET_SHAPE,
                    "The row on line " + records.recordLine() + " has " + found + (found == 1 ? " value" : " values")
                            + " where the " + (header ? "header" : "first row") + " has " + expected + ": " + place
                            + ".");
        }
    }
}
