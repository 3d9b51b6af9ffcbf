package io.twostep.prediction.web;

import io.twostep.features.Classification;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
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

    private static final String LINE_END = "\r\n";

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
            out.write(',' + field("probability_" + label));
        }
        out.write(LINE_END);
        for (int row = 0; row < classes.rows(); row++) {
            Classification answer = classes.row(row);
            out.write(field(answer.label()));
            for (double probability : answer.probabilities()) {
                out.write(',' + Double.toString(probability));
            }
            out.write(LINE_END);
        }
    }

    private static void write(Predictions.OfNumbers numbers, Writer out) throws IOException {
        out.write("prediction" + LINE_END);
        for (int row = 0; row < numbers.rows(); row++) {
            out.write(numbers.row(row) + LINE_END);
        }
    }

    /** In quotes where it needs them (RFC 4180). */
    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain && text.equals(text.strip()) ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
