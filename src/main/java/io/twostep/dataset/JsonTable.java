package io.twostep.dataset;

import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.TextValue;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON upload, an array of flat objects, as a {@link RawTable}. Read twice, since any object may bring a column that
 * those before it lack; what an object lacks is missing. A column is of numbers, of booleans or of strings.
 */
final class JsonTable {

    /** As strict as the service's other bodies, but as long as an upload may be. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(512)
                    .maxNameLength(ColumnNames.LONGEST)
                    .maxStringLength(1 << 20)
                    .build())
            .build();

    private final Upload upload;
    private final DatasetProperties bounds;
    private final Map<String, Kind> columns = new LinkedHashMap<>();

    JsonTable(Upload upload, DatasetProperties bounds) {
        this.upload = upload;
        this.bounds = bounds;
    }

    /** Throws DATASET_EMPTY, DATASET_SHAPE, NON_FINITE_NUMBER and the JSON parser's own exceptions. */
    RawTable read() {
        try {
            rows((row, parser) -> collect(row, parser));
            if (columns.isEmpty()) {
                throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has no object with a value.");
            }
            ColumnNames.checked(List.copyOf(columns.keySet()));
            Path file = upload.folder().resolve("raw.csv");
            try (RawTableWriter raw = new RawTableWriter(file, bounds)) {
                String encoding = rows((row, parser) -> write(parser, raw));
                return new RawTable(file, raw.rows(), columns(), inferred(encoding));
            }
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private interface RowReader {
        void read(long row, JsonParser atObject) throws IOException;
    }

    /** Returns the name of the body's encoding. */
    private String rows(RowReader reader) throws IOException {
        TextDecoder.Text text = TextDecoder.open(upload.file());
        try (Reader in = text.reader();
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            readRows(parser, reader);
        }
        return text.encoding();
    }

    private static void readRows(JsonParser parser, RowReader reader) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has no JSON value.");
        }
        if (first != JsonToken.START_ARRAY) {
            throw shape("", "must be an array of objects");
        }
        long row = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw shape("/" + row, "must be an object");
            }
            reader.read(row, parser);
            row++;
        }
        if (parser.nextToken() != null) {
            throw new ServiceException(ErrorCode.MALFORMED_JSON, "There is more after the end of the JSON value.");
        }
    }

    private void collect(long row, JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            String pointer = "/" + row + "/" + Problem.token(Excerpt.of(name));
            Kind kind = kind(value, pointer);
            Kind before = columns.putIfAbsent(name, kind);
            if (columns.size() > bounds.maxColumns()) {
                throw RawTableWriter.tooLarge(bounds.maxColumns() + " columns");
            }
            if (value.isNumeric() && !Double.isFinite(parser.getDoubleValue())) {
                throw new ServiceException(
                        ErrorCode.NON_FINITE_NUMBER, List.of(new Problem(pointer, "must be a finite number")));
            }
            if (value == JsonToken.VALUE_STRING && !isText(parser.getString())) {
                throw shape(pointer, "must not hold a NUL character or half of a surrogate pair");
            }
            if (before == Kind.UNKNOWN) {
                columns.put(name, kind);
            } else if (before != null && kind != Kind.UNKNOWN && kind != before) {
                throw shape(pointer, "is " + text(kind) + " where the rows before have " + text(before));
            }
        }
    }

    private void write(JsonParser parser, RawTableWriter raw) throws IOException {
        Map<String, @Nullable String> values = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            values.put(name, isMissing(value, parser) ? null : TextValue.category(parser.getString()));
        }
        for (String column : columns.keySet()) {
            raw.value(values.get(column));
        }
        raw.endRow();
    }

    /** A marker of a missing value is one in every form of a table, and of a request. */
    private static boolean isMissing(JsonToken value, JsonParser parser) {
        return value == JsonToken.VALUE_NULL
                || (value == JsonToken.VALUE_STRING && TextValue.isMissing(parser.getString()));
    }

    private static boolean isText(String value) {
        return value.codePoints().noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }

    private static Kind kind(JsonToken value, String pointer) {
        return switch (value) {
            case VALUE_NULL -> Kind.UNKNOWN;
            case VALUE_STRING -> Kind.TEXT;
            case VALUE_TRUE, VALUE_FALSE -> Kind.BOOLEAN;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Kind.NUMBER;
            default -> throw shape(pointer, "must be a number, a string, a boolean or null");
        };
    }

    private List<Column> columns() {
        List<Column> list = new ArrayList<>();
        // A column without any value is text without any value.
        columns.forEach((name, kind) -> list.add(new Column(name, kind == Kind.UNKNOWN ? Kind.TEXT : kind)));
        return list;
    }

    private static Inferred inferred(String encoding) {
        List<String> markers = TextValue.MISSING_MARKERS.stream()
                .filter(marker -> !marker.isEmpty())
                .toList();
        return new Inferred(DatasetFormat.JSON, encoding, null, null, null, markers, List.of());
    }

    private static String text(Kind kind) {
        return switch (kind) {
            case NUMBER -> "a number";
            case BOOLEAN -> "a boolean";
            default -> "a string";
        };
    }

    private static ServiceException shape(String pointer, String detail) {
        return new ServiceException(ErrorCode.DATASET_SHAPE, List.of(new Problem(pointer, detail)));
    }
}
