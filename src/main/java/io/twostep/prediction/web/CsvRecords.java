package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.util.List;

/**
 * Splits a CSV text in memory into records of fields, by the rules of uploaded tables (RFC 4180): fields between
 * delimiters, or in double quotes with quotes doubled; lines end with LF, CRLF or CR; blank lines do not count; blanks
 * around a field go. A quote inside an unquoted field is a character like any other.
 */
final class CsvRecords {

    private static final int END = -1;

    private final String text;
    private final char delimiter;
    private final int mostFields;
    private int at;
    private int line = 1;
    private int recordLine = 1;

    /** Whether the last field stood in quotes. */
    private boolean quoted;

    /** @param mostFields values that a row may have */
    CsvRecords(String text, char delimiter, int mostFields) {
        this.text = text;
        this.delimiter = delimiter;
        this.mostFields = mostFields;
    }

    /** The line on which the last record begins, from 1. */
    int recordLine() {
        return recordLine;
    }

    /**
     * Reads the next record.
     *
     * @param fields emptied and filled
     * @return false at the end of the text
     * @throws ServiceException {@link ErrorCode#MALFORMED_CSV}
     */
    boolean next(List<String> fields) {
        boolean blank = true;
        while (blank) {
            fields.clear();
            recordLine = line;
            if (peek() == END) {
                return false;
            }
            readRecord(fields);
            // Two quotes are an empty value.
            blank = fields.size() == 1 && fields.get(0).isEmpty() && !quoted;
        }
        return true;
    }

    private void readRecord(List<String> fields) {
        fields.add(readField());
        while (peek() == delimiter) {
            if (fields.size() == mostFields) {
                throw malformed("The row on line " + recordLine + " has more than " + mostFields + " values.");
            }
            at++;
            fields.add(readField());
        }
        skipLineEnd();
    }

    private String readField() {
        skipBlanks();
        quoted = peek() == '"';
        String field = quoted ? readQuoted() : readUnquoted();
        return field.strip();
    }

    private String readUnquoted() {
        int start = at;
        while (!isFieldEnd()) {
            at++;
        }
        return text.substring(start, at);
    }

    private String readQuoted() {
        int opened = line;
        StringBuilder field = new StringBuilder();
        do {
            int start = ++at;
            while (peek() != '"') {
                if (peek() == END) {
                    throw malformed("The quote that opens on line " + opened + " is never closed.");
                }
                passQuoted();
            }
            field.append(text, start, at++);
            if (peek() == '"') {
                field.append('"');
            }
        } while (peek() == '"');
        skipBlanks();
        if (!isFieldEnd()) {
            throw malformed("On line " + line + " a closing quote is followed by more text.");
        }
        return field.toString();
    }

    private void passQuoted() {
        char passed = text.charAt(at++);
        if (passed == '\n' || (passed == '\r' && peek() != '\n')) {
            line++;
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || (peek() == '\t' && delimiter != '\t')) {
            at++;
        }
    }

    private void skipLineEnd() {
        if (peek() == END) {
            return;
        }
        if (text.charAt(at++) == '\r' && peek() == '\n') {
            at++;
        }
        line++;
    }

    private boolean isFieldEnd() {
        int next = peek();
        return next == delimiter || next == '\n' || next == '\r' || next == END;
    }

    private int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static ServiceException malformed(String detail) {
        return new ServiceException(ErrorCode.MALFORMED_CSV, detail);
    }
}
