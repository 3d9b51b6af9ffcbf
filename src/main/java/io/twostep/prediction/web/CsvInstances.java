package io.twostep.prediction.web;

import io.twostep.csv.Bytes;
import io.twostep.csv.CsvReader;
import io.twostep.csv.Dialect;
import io.twostep.csv.Encodings;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.Notation;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads instances out of a CSV table whose first line names columns of the model, in any order. Quotes are those of the
 * table that the model learned from. The delimiter is the one under which that line names most of the columns; that of the
 * table if it is as good as any.
 */
final class CsvInstances {

    private static final int NO_COLUMN = -1;

    private static final int MOST_UNKNOWN = 10_000;

    private final Bytes text;
    private final Charset encoding;
    private final Instances instances;
    private final InputColumns columns;
    private final Notation notation;
    private final UnknownColumns unknown;
    private final Misfits misfits = new Misfits(ErrorCode.PREDICTION_SHAPE);

    /** @param said what the request says of its encoding, null if nothing */
    CsvInstances(byte[] body, @Nullable Charset said, Instances instances, UnknownColumns unknown) {
        this.text = () -> new ByteArrayInputStream(body);
        this.encoding = encoding(text, said);
        this.instances = instances;
        this.columns = instances.columns();
        this.notation = instances.notation();
        this.unknown = unknown;
    }

    /**
     * Reads the whole table.
     *
     * @throws ServiceException {@link ErrorCode#MALFORMED_CSV}, {@link ErrorCode#PREDICTION_SHAPE} or
     *     {@link ErrorCode#TOO_MANY_INSTANCES}
     */
    void read() {
        try (Reader in = Encodings.reader(text, encoding)) {
            read(records(in, delimiter()));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // there is no disk and no network behind it
        }
        if (instances.rows() == 0) {
            misfits.add("", "must hold at least one instance below the line with the names of the columns");
        }
        misfits.throwIfAny();
    }

    private void read(CsvReader records) throws IOException {
        int[] positions = readHeader(records);
        // A blank line has a value, the missing one, where one is all that a line has.
        while (positions.length == 1 ? records.nextLine() : records.next()) {
            instances.startRow();
            int width = records.record().width();
            if (width == positions.length) {
                readRow(positions, records);
            } else {
                add(
                        records.recordLine(),
                        null,
                        "has " + width + (width == 1 ? " value" : " values") + " where the header has "
                                + positions.length);
            }
        }
    }

    /** Where each field of a row belongs. */
    private int[] readHeader(CsvReader records) throws IOException {
        List<String> fields = records.next() ? records.record().values() : List.of();
        if (fields.isEmpty()) {
            misfits.add("", "must begin with a line that names columns of the model");
        }
        int[] positions = fields.stream().mapToInt(columns::position).toArray();
        boolean[] named = new boolean[columns.count()];
        for (int i = 0; i < positions.length; i++) {
            String fault = headerFault(fields.get(i), positions[i], named);
            if (fault != null) {
                misfits.add("", "column " + (i + 1) + " of the header: " + fault);
            }
        }
        misfits.throwIfAny();
        if (known(fields) == 0) {
            misfits.add("", "must begin with a line that names columns of the model, but that names none");
            misfits.throwIfAny();
        }
        return positions;
    }

    private @Nullable String headerFault(String name, int position, boolean[] named) {
        if (position < 0) {
            return unknown.fault(name, columns);
        }
        boolean again = named[position];
        named[position] = true;
        return again ? Excerpt.quoted(name) + " stands there twice" : null;
    }

    private void readRow(int[] positions, CsvReader records) {
        for (int i = 0; i < positions.length; i++) {
            String fault = positions[i] == NO_COLUMN
                    ? null
                    : instances.set(positions[i], records.record().value(i));
            if (fault != null) {
                add(records.recordLine(), columns.name(positions[i]), fault);
            }
        }
    }

    /** The place is that of the instance, counted from 0 as in the answer. */
    private void add(long line, @Nullable String column, String fault) {
        String row = "/" + (instances.rows() - 1);
        misfits.add(
                column == null ? row : row + "/" + Problem.token(Excerpt.of(column)), "on line " + line + ": " + fault);
    }

    private char delimiter() throws IOException {
        String candidates = (notation.delimiter() == null ? "" : notation.delimiter()) + Dialect.DELIMITERS;
        char best = candidates.charAt(0);
        long mostKnown = 0;
        for (int i = 0; i < candidates.length(); i++) {
            char candidate = candidates.charAt(i);
            long known = known(header(candidate));
            if (known > mostKnown) {
                best = candidate;
                mostKnown = known;
            }
        }
        return best;
    }

    /** Columns that the model does not have may be many, but not any number. */
    private int mostFields() {
        return columns.count() + MOST_UNKNOWN;
    }

    private List<String> header(char delimiter) throws IOException {
        try (Reader in = Encodings.reader(text, encoding)) {
            CsvReader records = records(in, delimiter);
            return records.next() ? records.record().values() : List.of();
        } catch (ServiceException e) {
            return List.of(); // quotes that make no sense between such delimiters
        }
    }

    /** The body's length bounds its lines. */
    private CsvReader records(Reader in, char delimiter) {
        Dialect dialect = new Dialect(delimiter, notation.quote(), notation.hasBackslash());
        return new CsvReader(in, dialect, Integer.MAX_VALUE, mostFields());
    }

    private long known(List<String> names) {
        return names.stream().filter(name -> columns.position(name) >= 0).count();
    }

    /** UTF-8 is what a body is in unless another encoding is named; of that it is found out whether it may be true. */
    private static Charset encoding(Bytes text, @Nullable Charset said) {
        try {
            return said == null || said.equals(StandardCharsets.UTF_8)
                    ? StandardCharsets.UTF_8
                    : Encodings.charset(text, said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
