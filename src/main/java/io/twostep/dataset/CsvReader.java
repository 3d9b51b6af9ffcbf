package io.twostep.dataset;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into records of fields (RFC 4180): fields between delimiters, or in double quotes with quotes doubled;
 * lines end with LF, CRLF or CR; blank lines do not count; blanks around a field go. A quote inside an unquoted field
 * is a character like any other. A NUL character stands for bytes that are no text.
 */
final class CsvReader {

    private static final int END = -1;

    private final Reader in;
    private final char delimiter;
    private final int longestLine;
    private final StringBuilder field = new StringBuilder();
    private boolean quoted;
    private int ahead;
    private long line = 1;
    private long recordLine = 1;
    private int recordLength;

    /** @param longestLine characters that one record may have */
    CsvReader(Reader in, char delimiter, int longestLine) throws IOException {
        this.in = in;
        this.delimiter = delimiter;
        this.longestLine = longestLine;
        this.ahead = in.read();
    }

    /** The line on which the last record begins, from 1. */
    long recordLine() {
        return recordLine;
    }

    /**
     * Reads the next record.
     *
     * @param fields emptied and filled
     * @return false at the end of the text
     */
    boolean next(List<String> fields) throws IOException {
        do {
            fields.clear();
            recordLength = 0;
            recordLine = line;
            if (ahead == END) {
                return false;
            }
            readRecord(fields);
        } while (isBlankLine(fields));
        return true;
    }

    /** Two quotes are an empty value. */
    private boolean isBlankLine(List<String> fields) {
        return fields.size() == 1 && fields.get(0).isEmpty() && !quoted;
    }

    private void readRecord(List<String> fields) throws IOException {
        while (true) {
            fields.add(readField());
            if (ahead != delimiter) {
                skipLineEnd();
                return;
            }
            advance();
        }
    }

    private String readField() throws IOException {
        field.setLength(0);
        skipBlanks();
        quoted = ahead == '"';
        if (quoted) {
            readQuoted();
            skipBlanks();
            if (!isFieldEnd()) {
                throw malformed("On line " + line + " a closing quote is followed by more text.");
            }
            return field.toString().strip();
        }
        while (!isFieldEnd()) {
            take();
        }
        return field.toString().strip();
    }

    private void readQuoted() throws IOException {
        long opened = line;
        advance();
        while (true) {
            if (ahead == END) {
                throw malformed("The quote that opens on line " + opened + " is never closed.");
            }
            if (ahead == '"') {
                advance();
                if (ahead != '"') {
                    return;
                }
            }
            take();
        }
    }

    private void take() throws IOException {
        if (ahead == 0) {
            throw malformed("On line " + line + " there are bytes that are no text: a NUL character, or an encoding"
                    + " other than UTF-8 or, with a byte order mark, UTF-16.");
        }
        field.append((char) ahead);
        advance();
    }

    private void advance() throws IOException {
        int passed = ahead;
        ahead = in.read();
        if (passed == '\n' || (passed == '\r' && ahead != '\n')) {
            line++;
        }
        recordLength++;
        if (recordLength > longestLine) {
            throw new ServiceException(
                    ErrorCode.DATASET_TOO_LARGE,
                    "The row that begins on line " + recordLine + " has more than " + longestLine + " characters.");
        }
    }

    private void skipBlanks() throws IOException {
        while (ahead == ' ' || (ahead == '\t' && delimiter != '\t')) {
            advance();
        }
    }

    private void skipLineEnd() throws IOException {
        if (ahead == '\r') {
            advance();
            if (ahead == '\n') {
                advance();
            }
        } else if (ahead == '\n') {
            advance();
        }
    }

    private boolean isFieldEnd() {
        return ahead == delimiter || ahead == '\n' || ahead == '\r' || ahead == END;
    }

    private static ServiceException malformed(String detail) {
        return new ServiceException(ErrorCode.MALFORMED_CSV, detail);
    }

    /** A list to give to {@link #next}. */
    static List<String> fields() {
        return new ArrayList<>();
    }
}
