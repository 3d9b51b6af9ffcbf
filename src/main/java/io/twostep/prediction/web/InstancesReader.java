package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import io.twostep.prediction.InputColumns;
import io.twostep.prediction.Instances;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads {@code {"instances": [{…} or […], …]}} with all the rules of JSON and of the model's columns, and tells what
 * breaks them. All problems are gathered, up to a limit, before the request is refused. A number or a boolean stands for
 * the text that it is written as, so that it means what it would in a CSV file.
 */
final class InstancesReader {

    private static final String INSTANCES = "instances";

    private final JsonParser parser;
    private final Instances instances;
    private final InputColumns columns;
    private final UnknownColumns unknown;
    private final Misfits misfits = new Misfits(ErrorCode.PREDICTION_SHAPE);

    InstancesReader(JsonParser parser, Instances instances, UnknownColumns unknown) {
        this.parser = parser;
        this.instances = instances;
        this.unknown = unknown;
        this.columns = instances.columns();
    }

    /**
     * Reads the whole body.
     *
     * @throws ServiceException {@link ErrorCode#PREDICTION_SHAPE} or {@link ErrorCode#TOO_MANY_INSTANCES}
     * @throws tools.jackson.core.JacksonException if the body is no JSON
     */
    void read() {
        boolean found = false;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            misfits.add("", "must be an object with the field \"instances\"");
            misfits.throwIfAny();
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals(INSTANCES)) {
                found = true;
                readInstances();
            } else {
                misfits.add(
                        "/" + token(field),
                        "there is no field " + Excerpt.quoted(field) + Spelling.hint(field, List.of(INSTANCES)));
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new ServiceException(ErrorCode.MALFORMED_JSON, "There is more after the end of the JSON value.");
        }
        if (!found) {
            misfits.add("/" + INSTANCES, "is required: the rows to predict");
        } else if (instances.rows() == 0 && misfits.isEmpty()) {
            misfits.add("/" + INSTANCES, "must hold at least one instance");
        }
        misfits.throwIfAny();
    }

    private void readInstances() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            misfits.add("/" + INSTANCES, "must be an array of objects or arrays");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            instances.startRow();
            switch (parser.currentToken()) {
                case START_OBJECT -> readObject();
                case START_ARRAY -> readArray();
                default -> misfits.add(row(), "must be an object by column name, or an array in feature order");
            }
        }
    }

    private void readObject() {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int position = columns.position(name);
            if (position < 0) {
                String fault = unknown.fault(name, columns);
                if (fault != null) {
                    misfits.add(row() + "/" + token(name), fault);
                }
                parser.skipChildren();
            } else {
                readValue(position, name);
            }
        }
    }

    private void readArray() {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (position < columns.count()) {
                readValue(position, null);
            } else {
                parser.skipChildren();
            }
            position++;
        }
        if (position != columns.count()) {
            misfits.add(
                    row(), "must hold the model's " + columns.count() + " features but holds " + position + " values");
        }
    }

    private void readValue(int position, @Nullable String name) {
        JsonToken value = parser.currentToken();
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        String fault = value.isScalarValue()
                ? instances.set(position, parser.getString())
                : "must be a number, a string, a boolean or null";
        if (fault != null) {
            String place = name == null ? String.valueOf(position) : token(name);
            misfits.add(row() + "/" + place, fault);
            parser.skipChildren();
        }
    }

    private String row() {
        return "/" + INSTANCES + "/" + (instances.rows() - 1);
    }

    private static String token(String field) {
        return Problem.token(Excerpt.of(field));
    }
}
