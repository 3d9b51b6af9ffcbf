package io.twostep.dataset;

import io.twostep.csv.CsvReader;
import io.twostep.csv.Dialect;
import io.twostep.error.ServiceException;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/**
 * The start of a CSV text, to find out how it is written.
 *
 * @param whole whether it is all of the text
 */
record CsvSample(String text, boolean whole) {

    private static final int MOST_CHARACTERS = 1 << 18;
    private static final int MOST_RECORDS = 500;

    /** The share of records that may be damaged. */
    private static final double FEW = 0.02;

    static CsvSample of(Reader text) throws IOException {
        char[] chars = new char[MOST_CHARACTERS];
        int length = 0;
        int read = 0;
        while (read >= 0 && length < chars.length) {
            length += read;
            read = text.read(chars, length, chars.length - length);
        }
        return new CsvSample(new String(chars, 0, length), read < 0);
    }

    boolean has(char c) {
        return text.indexOf(c) >= 0;
    }

    boolean hasRunsOfBlanks() {
        return text.contains("  ") || has('\t');
    }

    /** The first records in that dialect, up to the first that breaks it; none that may have been cut. */
    Records records(Dialect dialect) {
        List<List<String>> records = new ArrayList<>();
        CsvReader reader = new CsvReader(new StringReader(text), dialect, Integer.MAX_VALUE, Integer.MAX_VALUE);
        try {
            while (records.size() < MOST_RECORDS && reader.next()) {
                if (whole || !reader.atEnd()) {
                    records.add(reader.record().values());
                }
            }
            return new Records(records, false);
        } catch (ServiceException e) {
            return new Records(records, whole || !isAtEnd(reader));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /** @param broken whether something between the last of them and the end of the sample breaks the dialect */
    record Records(List<List<String>> values, boolean broken) {

        /** Whether nothing breaks the dialect and all records are of one width, at least this. */
        boolean fit(int width) {
            return !broken && width() >= width && values.stream().allMatch(record -> record.size() == width());
        }

        /** Whether nothing breaks the dialect and all records but a few, two at least, are of the width of the first. */
        boolean nearlyFit() {
            long fitting =
                    rows().stream().filter(record -> record.size() == width()).count();
            return !broken
                    && width() >= 2
                    && fitting >= 2
                    && rows().size() - fitting <= Math.max(1, FEW * rows().size());
        }

        /** Of the first record; 0 if there is none. */
        int width() {
            return values.isEmpty() ? 0 : values.get(0).size();
        }

        /** Those but for the first, which may be of names; of one record, that one. */
        List<List<String>> rows() {
            return values.size() > 1 ? values.subList(1, values.size()) : values;
        }
    }

    private static boolean isAtEnd(CsvReader reader) {
        try {
            return reader.atEnd();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }
}
