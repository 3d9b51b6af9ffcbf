package io.twostep.dataset;

import io.twostep.csv.Dialect;
import io.twostep.csv.Encodings;
import io.twostep.dataset.CsvSample.Records;
import io.twostep.dataset.RawTable.Column;
import io.twostep.dataset.RawTable.Decimal;
import io.twostep.dataset.RawTable.Kind;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** A CSV or TSV upload as a {@link RawTable}: a look at its bytes and a sample of its text, and then one pass. */
final class CsvTable {

    /** What a backslash that was taken for a character like any other may have led to. */
    private static final Set<ErrorCode> MISREAD = Set.of(ErrorCode.MALFORMED_CSV, ErrorCode.DATASET_SHAPE);

    private final Upload upload;
    private final DatasetFormat format;
    private final CsvOptions options;
    private final Reading reading;
    private final Charset encoding;
    private final DatasetProperties bounds;
    private final MissingMarkers markers;
    private final SampleCells cells;
    private final List<String> warnings = new ArrayList<>();
    private Decimal decimal = Decimal.POINT;

    CsvTable(Upload upload, Reading reading, DatasetProperties bounds) {
        this.upload = upload;
        this.format = reading.format();
        this.options = reading.options();
        this.reading = reading;
        this.encoding = reading.encoding();
        this.bounds = bounds;
        this.markers = new MissingMarkers(options.missing());
        this.cells = new SampleCells(markers);
    }

    /** Throws MALFORMED_CSV, DATASET_EMPTY, DATASET_SHAPE, INVALID_COLUMN_NAME, INVALID_PARAMETER and DATASET_TOO_LARGE. */
    RawTable read() {
        try {
            warnOfEncoding();
            CsvSample sample = sample();
            Dialect dialect = dialect(sample);
            Records records = sample.records(dialect);
            decimal = decimal(records, dialect);
            return read(dialect, hasHeader(records));
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private void warnOfEncoding() {
        if (options.encoding() == null && encoding.equals(Encodings.OTHERWISE)) {
            warnings.add("The bytes are not UTF-8 and were read as " + Encodings.name(encoding)
                    + ". The parameter encoding names another.");
        }
    }

    private CsvSample sample() throws IOException {
        try (Reader text = Encodings.reader(upload.content(), encoding)) {
            return CsvSample.of(text);
        }
    }

    private Dialect dialect(CsvSample sample) throws IOException {
        DialectScan.Found found = DialectScan.of(sample, cells, options, format == DatasetFormat.TSV);
        warnings.addAll(found.doubts());
        return found.dialect();
    }

    private boolean hasHeader(Records records) {
        if (options.header() != null) {
            return options.header();
        }
        HeaderRule.Guess guess = new HeaderRule(cells).of(records.values());
        if (!guess.sure()) {
            warnings.add(
                    guess.header()
                            ? "It is a guess that the first line names the columns, since nothing tells it from the"
                                    + " rows. If it is a row, say header=false."
                            : "It is a guess that the first line is a row, since it is like the rows. If it names the"
                                    + " columns, say header=true.");
        }
        return guess.header();
    }

    private Decimal decimal(Records records, Dialect dialect) {
        if (options.decimal() != null) {
            return Decimal.of(options.decimal());
        }
        DecimalScan.Found found = DecimalScan.of(records, cells, dialect.delimiter());
        if (found.doubt() != null) {
            warnings.add(found.doubt());
        }
        return found.mark();
    }

    /** Reads once more where a backslash before a quote, taken for a character like any other, did not work out. */
    private RawTable read(Dialect dialect, boolean header) throws IOException {
        CsvRows rows = new CsvRows(upload.folder().resolve("raw.csv"), bounds, markers.with(decimal), reading.types());
        try {
            return read(rows, dialect, header);
        } catch (ServiceException e) {
            if (dialect.backslash() || !rows.sawBackslash() || !MISREAD.contains(e.code())) {
                throw e;
            }
            try {
                return read(rows, dialect.withBackslash(), header);
            } catch (ServiceException again) {
                e.addSuppressed(again);
                throw e;
            }
        }
    }

    private RawTable read(CsvRows rows, Dialect dialect, boolean header) throws IOException {
        try (Reader in = Encodings.reader(upload.content(), encoding)) {
            rows.read(in, dialect, header);
        }
        if (rows.count() == 0) {
            throw new ServiceException(
                    ErrorCode.DATASET_EMPTY,
                    rows.names().isEmpty()
                            ? "The body has no line."
                            : "The body has a header and no row. If its first line is a row, say header=false.");
        }
        if (rows.doubt() != null) {
            warnings.add(rows.doubt());
        }
        List<Column> columns = IntStream.range(0, rows.names().size())
                .mapToObj(i -> column(rows, i))
                .toList();
        return new RawTable(rows.file(), rows.count(), columns, inferred(dialect, header));
    }

    private Column column(CsvRows rows, int index) {
        String name = rows.names().get(index);
        return new Column(
                name,
                Kind.UNKNOWN,
                decimal,
                rows.isMissingDash(index),
                reading.types().of(name));
    }

    private Inferred inferred(Dialect dialect, boolean header) {
        String escape = dialect.backslash() ? "\\" : dialect.quote();
        return new Inferred(
                format,
                Encodings.name(encoding),
                String.valueOf(dialect.delimiter()),
                dialect.quote(),
                escape,
                header,
                String.valueOf(decimal.mark()),
                markers.texts(),
                reading.types().byColumn(),
                reading.given(),
                warnings);
    }
}
