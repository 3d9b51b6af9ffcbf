package io.twostep.prediction.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.error.Spelling;
import io.twostep.features.TextValue;
import io.twostep.prediction.InstanceTable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Streams {@code {"instances": [{…} or […], …]}} into columns; no object is made for a value. All problems are gathered,
 * up to a limit, before the request is refused.
 */
final class InstancesReader {

    private static final String INSTANCES = "instances";
    private static final int MOST_PROBLEMS = 20;

    /** Objects may leave values out, so that the length of the body says little of what it costs. */
    private static final long MOST_VALUES = 10_000_000;

    private final JsonParser parser;
    private final InstanceTable table;
    private final int mostRows;
    private final List<Problem> problems = new ArrayList<>();

    InstancesReader(JsonParser parser, InstanceTable table, int mostRows) {
        this.parser = parser;
        this.table = table;
        this.mostRows = mostRows;
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
            problem("", "must be an object with the field \"instances\"");
            throw refused();
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals(INSTANCES)) {
                found = true;
                readInstances();
            } else {
                problem(
                        "/" + token(field),
                        "there is no field " + Excerpt.quoted(field) + Spelling.hint(field, List.of(INSTANCES)));
                parser.skipChildren();
            }
        }
        if (parser.nextToken() != null) {
            throw new ServiceException(ErrorCode.MALFORMED_JSON, "There is more after the end of the JSON value.");
        }
        if (!found) {
            problem("/" + INSTANCES, "is required: the rows to predict");
        } else if (table.rows() == 0 && problems.isEmpty()) {
            problem("/" + INSTANCES, "must hold at least one instance");
        }
        if (!problems.isEmpty()) {
            throw refused();
        }
    }

    private void readInstances() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            problem("/" + INSTANCES, "must be an array of objects or arrays");
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (table.rows() == mostRows || (long) table.rows() * table.width() > MOST_VALUES) {
                throw new ServiceException(
                        ErrorCode.TOO_MANY_INSTANCES,
                        "One request may hold at most " + mostRows + " instances, and " + MOST_VALUES + " values.");
            }
            table.startRow();
            switch (parser.currentToken()) {
                case START_OBJECT -> readObject();
                case START_ARRAY -> readArray();
                default -> problem(row(), "must be an object by column name, or an array in feature order");
            }
        }
    }

    private void readObject() {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            int position = table.position(name);
            if (position < 0) {
                problem(
                        row() + "/" + token(name),
                        "the model knows no column " + Excerpt.quoted(name) + Spelling.hint(name, table.names()));
                parser.skipChildren();
            } else {
                readValue(position, name);
            }
        }
    }

    private void readArray() {
        int position = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (position < table.width()) {
                readValue(position, String.valueOf(position));
            } else {
                parser.skipChildren();
            }
            position++;
        }
        if (position != table.width()) {
            problem(row(), "must hold the model's " + table.width() + " features but holds " + position + " values");
        }
    }

    private void readValue(int position, String place) {
        JsonToken value = parser.currentToken();
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        if (table.isNumeric(position)) {
            readNumber(position, place);
        } else if (value == JsonToken.VALUE_STRING) {
            table.set(position, TextValue.category(parser.getString()));
        } else if (value == JsonToken.VALUE_TRUE || value == JsonToken.VALUE_FALSE) {
            table.set(position, String.valueOf(parser.getBooleanValue()));
        } else {
            problem(row() + "/" + token(place), "must be a string or null");
            parser.skipChildren();
        }
    }

    private void readNumber(int position, String place) {
        if (!parser.currentToken().isNumeric()) {
            problem(row() + "/" + token(place), "must be a number or null");
            parser.skipChildren();
            return;
        }
        double number = parser.getDoubleValue();
        if (Double.isFinite(number)) {
            table.set(position, number);
        } else {
            problem(row() + "/" + token(place), "must be a finite number");
        }
    }

    private String row() {
        return "/" + INSTANCES + "/" + (table.rows() - 1);
    }

    private void problem(String pointer, String detail) {
        problems.add(new Problem(pointer, detail));
        if (problems.size() == MOST_PROBLEMS) {
            throw refused();
        }
    }

    private ServiceException refused() {
        return new ServiceException(ErrorCode.PREDICTION_SHAPE, problems);
    }

    private static String token(String field) {
        return Problem.token(Excerpt.of(field));
    }
}
