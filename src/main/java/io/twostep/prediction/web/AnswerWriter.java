package io.twostep.prediction.web;

import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warnings;
import java.io.IOException;
import java.io.OutputStream;

/** A form of the answer. */
sealed interface AnswerWriter permits JsonAnswerWriter, CsvAnswerWriter {

    /** For the header {@code Content-Type}. */
    String mediaType();

    /** Writes the whole answer and closes the body: one that fits the server's buffer goes out with its length. */
    void write(LoadedModel model, Predictions predictions, Warnings warnings, OutputStream body) throws IOException;
}
