package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads instances out of a CSV table whose first line names columns of the model, in any order. The delimiter is the one
 * under which that line names most of them.
 */
final class CsvInstances {

    /** In the order of preference where several do as well. */
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

    private static final int NO_COLUMN = -1;

    private static final int MOST_UNKNOWN = 10_000;

    private final String text;
    private final Instances instances;
    private final InputColumns columns;
    private final UnknownColumns unknown;
    private final Misfits misfits = new Misfits(ErrorCode.PREDICTION_SHAPE);
    private final List<String> fields = new ArrayList<>();

    /** @throws ServiceException {@link ErrorCode#MALFORMED_CSV} if the bytes are no text in that encoding */
    CsvInstances(byte[] body, Charset encoding, Instances instances, UnknownColumns unknown) {
        this.text = decoded(body, encoding);
        this.instances = instances;
        this.columns = instances.columns();
        this.unknown = unknown;
    }

    /**
     * Reads the whole table.
     *
     * @throws ServiceException {@link ErrorCode#MALFORMED_CSV}, {@link ErrorCode#PREDICTION_SHAPE} or
     *     {@link ErrorCode#TOO_MANY_INSTANCES}
     */
    void read() {
        CsvRecords records = new CsvRecords(text, delimiter(), mostFields());
        int[] positions = readHeader(records);
        while (records.next(fields)) {
            instances.startRow();
            if (fields.size() == positions.length) {
                readRow(positions, records.recordLine());
            } else {
                add(
                        records.recordLine(),
                        null,
                        "has " + fields.size() + (fields.size() == 1 ? " value" : " values") + " where the header has "
                                + positions.length);
            }
        }
        if (instances.rows() == 0) {
            misfits.add("", "must hold at least one instance below the line with the names of the columns");
        }
        misfits.throwIfAny();
    }

    /** Where each field of a row belongs. */
    private int[] readHeader(CsvRecords records) {
        if (!records.next(fields)) {
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

    private void readRow(int[] positions, int line) {
        for (int i = 0; i < positions.length; i++) {
            String fault = positions[i] == NO_COLUMN ? null : instances.set(positions[i], fields.get(i));
            if (fault != null) {
                add(line, columns.name(positions[i]), fault);
            }
        }
    }

    /** The place is that of the instance, counted from 0 as in the answer. */
    private void add(int line, @Nullable String column, String fault) {
        String row = "/" + (instances.rows() - 1);
        misfits.add(
                column == null ? row : row + "/" + Problem.token(Excerpt.of(column)), "on line " + line + ": " + fault);
    }

    private char delimiter() {
        char best = DELIMITERS.get(0);
        long mostKnown = 0;
        for (char candidate : DELIMITERS) {
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

    private List<String> header(char delimiter) {
        List<String> names = new ArrayList<>();
        try {
            new CsvRecords(text, delimiter, mostFields()).next(names);
        } catch (ServiceException e) {
            names.clear(); // quotes that make no sense between such delimiters
        }
        return names;
    }

    private long known(List<String> names) {
        return names.stream().filter(name -> columns.position(name) >= 0).count();
    }

    private static String decoded(byte[] body, Charset encoding) {
        try {
            String text = encoding.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new ServiceException(
                    ErrorCode.MALFORMED_CSV, "There are bytes that are no text in " + encoding.name() + ".");
        }
    }
}
