package io.twostep.dataset;

import io.twostep.csv.Encodings;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Decimal;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.TextValue;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
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
 * A JSON upload, an array of flat objects or one such object after the other, as a {@link RawTable}. Read twice, since any
 * object may bring a column that those before it lack; what an object lacks is missing. A column is of numbers, of
 * booleans or of strings, unless its type is said.
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

    private static final MissingMarkers MARKERS = new MissingMarkers(null);

    private final Upload upload;
    private final DatasetFormat format;
    private final Reading reading;
    private final DatasetProperties bounds;
    private final Map<String, Kind> columns = new LinkedHashMap<>();

    /** @param reading as {@link DatasetFormat#JSON} or {@link DatasetFormat#NDJSON} */
    JsonTable(Upload upload, Reading reading, DatasetProperties bounds) {
        this.upload = upload;
        this.format = reading.format();
        this.reading = reading;
        this.bounds = bounds;
    }

    /** Throws DATASET_EMPTY, DATASET_SHAPE, NON_FINITE_NUMBER, INVALID_PARAMETER and the JSON parser's own exceptions. */
    RawTable read() {
        try {
            rows((row, parser) -> collect(row, parser));
            if (columns.isEmpty()) {
                throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has no object with a value.");
            }
            reading.types().requireAmong(ColumnNames.checked(List.copyOf(columns.keySet())));
            Path file = upload.folder().resolve("raw.csv");
            try (RawTableWriter raw = new RawTableWriter(file, bounds)) {
                String encoding = rows((row, parser) -> write(parser, raw));
                return new RawTable(file, raw.rows(), columns(raw), inferred(encoding));
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
        Charset encoding = Encodings.marked(upload.content());
        try (Reader in = Encodings.reader(upload.content(), encoding);
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            readRows(parser, reader);
        }
        return Encodings.name(encoding);
    }

    private void readRows(JsonParser parser, RowReader reader) throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has no JSON value.");
        }
        if (format == DatasetFormat.NDJSON) {
            readObjects(parser, null, reader);
            return;
        }
        if (first != JsonToken.START_ARRAY) {
            throw shape("", "must be an array of objects");
        }
        parser.nextToken();
        readObjects(parser, JsonToken.END_ARRAY, reader);
        if (parser.nextToken() != null) {
            throw new ServiceException(ErrorCode.MALFORMED_JSON, "There is more after the end of the JSON value.");
        }
    }

    /** From the one that begins at the current token up to the token behind the last. */
    private static void readObjects(JsonParser parser, @Nullable JsonToken end, RowReader reader) throws IOException {
        long row = 0;
        while (parser.currentToken() != end) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw shape("/" + row, "must be an object");
            }
            reader.read(row, parser);
            row++;
            parser.nextToken();
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
            } else if (before != null && kind != Kind.UNKNOWN && kind != before && !types().say(name)) {
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
        return value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && isMarker(parser.getString()));
    }

    private static boolean isMarker(String text) {
        String stripped = text.strip();
        return MARKERS.match(stripped.toCharArray(), 0, stripped.length());
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

    private List<Column> columns(RawTableWriter raw) {
        List<Column> list = new ArrayList<>();
        columns.forEach((name, kind) -> {
            // A column without any value is text without any value.
            Kind known = kind == Kind.UNKNOWN ? Kind.TEXT : kind;
            list.add(new Column(name, known, Decimal.POINT, raw.isMissingDash(list.size()), types().of(name)));
        });
        return list;
    }

    private Inferred inferred(String encoding) {
        return new Inferred(
                format,
                encoding,
                null,
                null,
                null,
                null,
                null,
                MARKERS.texts(),
                types().byColumn(),
                reading.given(),
                List.of());
    }

    private SaidTypes types() {
        return reading.types();
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
