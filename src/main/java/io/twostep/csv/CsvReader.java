package io.twostep.csv;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.io.Reader;

/**
 * Splits a text into records of values (RFC 4180, in any {@link Dialect}): values between delimiters, or in quotes with
 * quotes doubled; lines end with LF, CRLF or CR; blank lines do not count; blanks around a value go. A quote inside an
 * unquoted value is a character like any other. A NUL character stands for bytes that are no text.
 */
public final class CsvReader {

    private static final int END = -1;
    private static final int NO_QUOTE = -2;
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final Reader in;
    private final char delimiter;
    private final boolean blanks;
    private final int quote;
    private final boolean backslash;
    private final int longestLine;
    private final int mostValues;
    private final CsvRecord record = new CsvRecord();

    private final char[] buffer = new char[1 << 14];
    private int position;
    private int limit;
    /** Characters of the record that have left the buffer, less those before it that are still there. */
    private long passed;

    private boolean quoted;
    private boolean sawBackslash;
    private long line = 1;
    private long recordLine = 1;

    /**
     * @param longestLine characters that one record may have
     * @param mostValues values that one record may have
     */
    public CsvReader(Reader in, Dialect dialect, int longestLine, int mostValues) {
        this.in = in;
        this.delimiter = dialect.delimiter();
        this.blanks = dialect.isBlanks();
        this.quote = dialect.quote().isEmpty() ? NO_QUOTE : dialect.quote().charAt(0);
        this.backslash = dialect.backslash();
        this.longestLine = longestLine;
        this.mostValues = mostValues;
    }

    /** The line on which the last record begins, from 1. */
    public long recordLine() {
        return recordLine;
    }

    /** Whether a backslash stood before a quote inside of quotes: it may have been meant to escape it. */
    public boolean sawBackslash() {
        return sawBackslash;
    }

    /** Whether there is no more text. */
    public boolean atEnd() throws IOException {
        return peek() == END;
    }

    /** The record that {@link #next()} read; the next call overwrites it. */
    public CsvRecord record() {
        return record;
    }

    /**
     * Reads the next record that is no blank line.
     *
     * @return false at the end of the text
     * @throws ServiceException MALFORMED_CSV, DATASET_TOO_LARGE
     */
    public boolean next() throws IOException {
        boolean more = nextLine();
        while (more && isBlankLine()) {
            more = nextLine();
        }
        return more;
    }

    /** As {@link #next()}, but a blank line is a record of one empty value. */
    public boolean nextLine() throws IOException {
        record.clear();
        passed = -position;
        recordLine = line;
        if (peek() == END) {
            return false;
        }
        readRecord();
        return true;
    }

    /** Two quotes are an empty value. */
    private boolean isBlankLine() {
        return record.width() == 1 && record.isEmpty(0) && !quoted;
    }

    private void readRecord() throws IOException {
        if (peek() == BYTE_ORDER_MARK) {
            position++; // of a text that was put behind another
        }
        do {
            readValue();
            record.endValue();
            requireLength();
        } while (passDelimiter() && requireRoom());
        passLineEnd();
    }

    private void readValue() throws IOException {
        passBlanks();
        quoted = peek() == quote;
        if (!quoted) {
            readUnquoted();
            return;
        }
        position++;
        readQuoted();
        if (!blanks) {
            passBlanks();
        }
        if (!isValueEnd(peek())) {
            throw malformed("On line " + line + ", column " + column() + ", a closing quote is followed by more text.");
        }
    }

    private void readUnquoted() throws IOException {
        while (true) {
            int from = position;
            while (position < limit && isPlain(buffer[position])) {
                position++;
            }
            record.append(buffer, from, position);
            int c = peek();
            if (c == 0) {
                throw noText();
            }
            if (isValueEnd(c)) {
                return;
            }
        }
    }

    private boolean isPlain(char c) {
        return c != delimiter && c != '\n' && c != '\r' && c != 0 && !(blanks && c == '\t');
    }

    private void readQuoted() throws IOException {
        long opened = line;
        while (true) {
            int from = position;
            while (position < limit && isPlainInQuotes(buffer[position])) {
                position++;
            }
            record.append(buffer, from, position);
            int c = peek();
            if (c == END) {
                throw malformed(
                        "The quote that opens on line " + opened + ", column " + column() + ", is never closed.");
            }
            if (!isPlainInQuotes((char) c) && endsAt((char) c)) {
                return;
            }
        }
    }

    private boolean isPlainInQuotes(char c) {
        return c != quote && c != '\\' && c != '\n' && c != '\r' && c != 0;
    }

    /** Passes a character that means something inside of quotes; true if it was the quote that closes. */
    private boolean endsAt(char c) throws IOException {
        if (c == 0) {
            throw noText();
        }
        position++;
        if (c == quote) {
            if (peek() != quote) {
                return true;
            }
            position++;
        } else if (c == '\\') {
            passBackslash();
            return false;
        } else if (c == '\n' || peek() != '\n') {
            line++;
        }
        record.append(c);
        return false;
    }

    private void passBackslash() throws IOException {
        int escaped = peek();
        sawBackslash |= escaped == quote;
        if (backslash && (escaped == quote || escaped == '\\')) {
            position++;
            record.append((char) escaped);
        } else {
            record.append('\\');
        }
    }

    private boolean passDelimiter() throws IOException {
        if (blanks) {
            passBlanks();
            return !isLineEnd(peek());
        }
        if (peek() != delimiter) {
            return false;
        }
        position++;
        return true;
    }

    private void passBlanks() throws IOException {
        int c = peek();
        while (c == ' ' || (c == '\t' && delimiter != '\t')) {
            position++;
            c = peek();
        }
    }

    private void passLineEnd() throws IOException {
        int c = peek();
        if (c == END) {
            return;
        }
        position++;
        line++;
        if (c == '\r' && peek() == '\n') {
            position++;
        }
    }

    private boolean isValueEnd(int c) {
        return c == delimiter || isLineEnd(c) || (blanks && c == '\t');
    }

    private static boolean isLineEnd(int c) {
        return c == '\n' || c == '\r' || c == END;
    }

    private int peek() throws IOException {
        return position < limit || fill() ? buffer[position] : END;
    }

    private boolean fill() throws IOException {
        requireLength();
        passed += position;
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private void requireLength() {
        if (passed + position > longestLine) {
            throw new ServiceException(
                    ErrorCode.DATASET_TOO_LARGE,
                    "The row that begins on line " + recordLine + " has more than " + longestLine + " characters.");
        }
    }

    private boolean requireRoom() {
        if (record.width() == mostValues) {
            throw malformed("The row on line " + recordLine + " has more than " + mostValues + " values.");
        }
        return true;
    }

    private int column() {
        return record.width() + 1;
    }

    private ServiceException noText() {
        return malformed("On line " + line + ", column " + column() + ", there are bytes that are no text: a NUL"
                + " character, or an encoding other than the one that was found or named.");
    }

    private static ServiceException malformed(String detail) {
        return new ServiceException(ErrorCode.MALFORMED_CSV, detail);
    }
}
