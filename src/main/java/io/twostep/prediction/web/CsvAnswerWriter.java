package io.twostep.prediction.web;

import io.twostep.prediction.AnswerColumns;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
import io.twostep.web.CsvField;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.http.MediaType;

/** Writes a table with the {@link AnswerColumns}. */
final class CsvAnswerWriter implements AnswerWriter {

    static final MediaType CSV = new MediaType("text", "csv");

    @Override
    public String mediaType() {
        return CSV + ";charset=UTF-8";
    }

    @Override
    public void write(LoadedModel model, Predictions predictions, Warnings warnings, OutputStream body)
            throws IOException {
        List<AnswerColumns.Column> columns = AnswerColumns.of(predictions.target());
        try (Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8))) {
            writeLine(columns.stream().map(AnswerColumns.Column::name).toArray(String[]::new), out);
            for (int row = 0; row < predictions.rows(); row++) {
                writeLine(AnswerColumns.values(predictions, row, columns.size()), out);
            }
        }
    }

    private static void writeLine(String[] values, Writer out) throws IOException {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(CsvField.of(values[i]));
        }
        out.write(CsvField.LINE_END);
    }
}
