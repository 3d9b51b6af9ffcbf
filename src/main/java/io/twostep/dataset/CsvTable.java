package io.twostep.dataset;

import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.features.TextValue;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.List;

/** A CSV or TSV upload as a {@link RawTable}. */
final class CsvTable {

    private final Upload upload;
    private final DatasetFormat format;
    private final DatasetProperties bounds;

    CsvTable(Upload upload, DatasetFormat format, DatasetProperties bounds) {
        this.upload = upload;
        this.format = format;
        this.bounds = bounds;
    }

    /** Throws MALFORMED_CSV, DATASET_EMPTY, DATASET_SHAPE, INVALID_COLUMN_NAME and DATASET_TOO_LARGE. */
    RawTable read() {
        try {
            return read(format == DatasetFormat.TSV ? '\t' : delimiter());
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private RawTable read(char delimiter) throws IOException {
        TextDecoder.Text text = TextDecoder.open(upload.file());
        try (Reader in = text.reader()) {
            CsvReader records = new CsvReader(
                    in, delimiter, Math.toIntExact(bounds.maxLine().toBytes()));
            return read(records, delimiter, text.encoding());
        }
    }

    private RawTable read(CsvReader records, char delimiter, String encoding) throws IOException {
        List<String> fields = CsvReader.fields();
        if (!records.next(fields)) {
            throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has no line.");
        }
        if (fields.size() > bounds.maxColumns()) {
            throw RawTableWriter.tooLarge(bounds.maxColumns() + " columns");
        }
        List<String> names = ColumnNames.checked(List.copyOf(fields));
        Path file = upload.folder().resolve("raw.csv");
        try (RawTableWriter raw = new RawTableWriter(file, bounds)) {
            while (records.next(fields)) {
                requireWidth(names.size(), fields.size(), records.recordLine());
                for (String field : fields) {
                    raw.value(TextValue.isMissing(field) ? null : TextValue.category(field));
                }
                raw.endRow();
            }
            if (raw.rows() == 0) {
                throw new ServiceException(ErrorCode.DATASET_EMPTY, "The body has a header and no row.");
            }
            return new RawTable(file, raw.rows(), columns(names), inferred(delimiter, encoding));
        }
    }

    private static void requireWidth(int expected, int found, long line) {
        if (found != expected) {
            throw new ServiceException(
                    ErrorCode.DATASET_SHAPE,
                    "The row on line " + line + " has " + found + (found == 1 ? " value" : " values")
                            + " where the header has " + expected + ".");
        }
    }

    private static List<Column> columns(List<String> names) {
        return names.stream().map(name -> new Column(name, Kind.UNKNOWN)).toList();
    }

    private Inferred inferred(char delimiter, String encoding) {
        List<String> markers = TextValue.MISSING_MARKERS.stream()
                .filter(marker -> !marker.isEmpty())
                .toList();
        return new Inferred(format, encoding, String.valueOf(delimiter), "\"", true, markers, List.of());
    }

    private char delimiter() throws IOException {
        try (Reader in = TextDecoder.open(upload.file()).reader()) {
            return HeaderScan.delimiter(in);
        }
    }
}
