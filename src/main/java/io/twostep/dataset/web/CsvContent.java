package io.twostep.dataset.web;

import io.twostep.dataset.ColumnText;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.OpenTable;
import io.twostep.features.ColumnData;
import io.twostep.features.Table;
import io.twostep.web.CsvField;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a dataset as CSV (RFC 4180), piece by piece, with a header in quotes, so that whoever looks for the delimiter
 * finds no other in a name. A missing value is an empty field. Read as an upload, the file makes a table of the same
 * values again where no text looks like a number, a date, a truth or a missing value.
 */
final class CsvContent {

    /** What makes a spreadsheet take a cell for a formula, at its beginning. */
    private static final String FORMULA_STARTS = "=+-@\t\r\n";

    private final Dataset dataset;
    private final OpenTable table;
    private final boolean escapeFormulas;

    /** @param escapeFormulas puts an apostrophe before texts that a spreadsheet would take for formulas */
    CsvContent(Dataset dataset, OpenTable table, boolean escapeFormulas) {
        this.dataset = dataset;
        this.table = table;
        this.escapeFormulas = escapeFormulas;
    }

    /** Leaves the stream open. */
    void writeTo(OutputStream body) throws IOException {
        Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8));
        List<String> names = dataset.columnNames();
        for (int i = 0; i < names.size(); i++) {
            write(i, CsvField.quoted(escaped(names.get(i))), out);
        }
        out.write(CsvField.LINE_END);
        try {
            table.forEachPiece(names, piece -> write(piece, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        out.flush();
    }

    private void write(Table piece, Writer out) {
        try {
            for (int row = 0; row < piece.rows(); row++) {
                for (int i = 0; i < piece.columns().size(); i++) {
                    write(i, field(piece.columns().get(i), i, row), out);
                }
                out.write(CsvField.LINE_END);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(int column, String field, Writer out) throws IOException {
        if (column > 0) {
            out.write(',');
        }
        out.write(field);
    }

    private String field(ColumnData column, int position, int row) {
        boolean number = dataset.columns().get(position).type().isNumeric();
        @Nullable
        String value = ColumnText.of(column, dataset.columns().get(position).type(), row);
        if (value == null) {
            // A line with nothing on it would be no row.
            return dataset.columns().size() == 1 ? "\"\"" : "";
        }
        return number ? value : CsvField.of(escaped(value));
    }

    private String escaped(String value) {
        boolean formula = escapeFormulas && !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        return formula ? "'" + value : value;
    }
}
