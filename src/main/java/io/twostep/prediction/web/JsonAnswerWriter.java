package io.twostep.prediction.web;

import io.twostep.features.ClassTarget;
import io.twostep.features.Classification;
import io.twostep.features.SingleTarget;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.Predictions;
import io.twostep.prediction.Warning;
import io.twostep.prediction.Warnings;
import java.io.OutputStream;
import java.util.List;
import org.springframework.http.MediaType;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes {@code {"model": …, "version": …, "predictions": [{"label": …, "probabilities": {…}} or {"value": …}, …]}}
 * number by number, with several targets {@code {"targets": {"height": {"value": …}, …}}} for each instance; and, if there is anything to be said of the values,
 * {@code "warnings": [{"instance": 0, "column": …, "kind": …}, …], "warnings_left_out": 0,
 * "warning_counts": [{"column": …, "kind": …, "count": …}, …]} before the end: a column that is always missing may fill the
 * list, but hides none of the others.
 */
final class JsonAnswerWriter implements AnswerWriter {

    private final ObjectWriter json;

    JsonAnswerWriter(JsonMapper mapper) {
        json = mapper.writer().with(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
    }

    @Override
    public String mediaType() {
        return MediaType.APPLICATION_JSON_VALUE;
    }

    @Override
    public void write(LoadedModel model, Predictions predictions, Warnings warnings, OutputStream body) {
        try (JsonGenerator out = json.createGenerator(body)) {
            out.writeStartObject();
            out.writeStringProperty("model", model.name());
            out.writeNumberProperty("version", model.version());
            out.writeArrayPropertyStart("predictions");
            write(predictions, out);
            out.writeEndArray();
            if (warnings.count() > 0) {
                write(warnings, model.columns(), out);
            }
            out.writeEndObject();
        }
    }

    private static void write(Warnings warnings, InputColumns columns, JsonGenerator out) {
        out.writeArrayPropertyStart("warnings");
        for (Warning warning : warnings.first()) {
            out.writeStartObject();
            out.writeNumberProperty("instance", warning.instance());
            out.writeStringProperty("column", columns.name(warning.column()));
            out.writeStringProperty("kind", warning.kind().label());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeNumberProperty(
                "warnings_left_out", warnings.count() - warnings.first().size());
        out.writeArrayPropertyStart("warning_counts");
        warnings.topics().entrySet().stream().limit(Warnings.MOST).forEach(topic -> {
            out.writeStartObject();
            out.writeStringProperty("column", columns.name(topic.getKey().column()));
            out.writeStringProperty("kind", topic.getKey().kind().label());
            out.writeNumberProperty("count", topic.getValue());
            out.writeEndObject();
        });
        out.writeEndArray();
    }

    private static void write(Predictions predictions, JsonGenerator out) {
        List<? extends SingleTarget> targets = predictions.target().targets();
        for (int row = 0; row < predictions.rows(); row++) {
            out.writeStartObject();
            if (targets.size() == 1) {
                writeAnswer(predictions, targets.get(0), row, 0, out);
            } else {
                writeAnswers(predictions, targets, row, out);
            }
            out.writeEndObject();
        }
    }

    private static void writeAnswers(
            Predictions predictions, List<? extends SingleTarget> targets, int row, JsonGenerator out) {
        out.writeObjectPropertyStart("targets");
        for (int place = 0; place < targets.size(); place++) {
            out.writeObjectPropertyStart(targets.get(place).column());
            writeAnswer(predictions, targets.get(place), row, place, out);
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void writeAnswer(
            Predictions predictions, SingleTarget target, int row, int place, JsonGenerator out) {
        if (!(target instanceof ClassTarget classes)) {
            out.writeNumberProperty("value", predictions.number(row, place));
            return;
        }
        Classification answer = predictions.classification(row, place);
        out.writeStringProperty("label", answer.label());
        out.writeObjectPropertyStart("probabilities");
        for (int i = 0; i < classes.labels().size(); i++) {
            out.writeName(classes.labels().get(i));
            out.writeNumber(answer.probabilities()[i]);
        }
        out.writeEndObject();
    }
}
