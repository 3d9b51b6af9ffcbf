package io.twostep.prediction.web;

import io.twostep.features.Classification;
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
import org.springframework.http.MediaType;

/** Writes a table with a column {@code prediction} and, for classes, a column {@code probability_…} for each label. */
final class CsvAnswerWriter implements AnswerWriter {

    static final MediaType CSV = new MediaType("text", "csv");

    @Override
    public String mediaType() {
        return CSV + ";charset=UTF-8";
    }

    @Override
    public void write(LoadedModel model, Predictions predictions, Warnings warnings, OutputStream body)
            throws IOException {
        try (Writer out = new BufferedWriter(new OutputStreamWriter(body, StandardCharsets.UTF_8))) {
            if (predictions instanceof Predictions.OfClasses classes) {
                write(classes, out);
            } else {
                write((Predictions.OfNumbers) predictions, out);
            }
        }
    }

    private static void write(Predictions.OfClasses classes, Writer out) throws IOException {
        out.write("prediction");
        for (String label : classes.target().labels()) {
            out.write(',' + CsvField.of("probability_" + label));
        }
        out.write(CsvField.LINE_END);
        for (int row = 0; row < classes.rows(); row++) {
            Classification answer = classes.row(row);
            out.write(CsvField.of(answer.label()));
            for (double probability : answer.probabilities()) {
                out.write(',' + Double.toString(probability));
            }
            out.write(CsvField.LINE_END);
        }
    }

    private static void write(Predictions.OfNumbers numbers, Writer out) throws IOException {
        out.write("prediction" + CsvField.LINE_END);
        for (int row = 0; row < numbers.rows(); row++) {
            out.write(numbers.row(row) + CsvField.LINE_END);
        }
    }
}
