package io.twostep.dataset;

import io.twostep.csv.Encodings;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.storage.StorageException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How the bytes of an upload are to be taken: what they are is not yet what table they make.
 *
 * @param encoding of CSV text
 */
record Reading(DatasetFormat format, CsvOptions options, Charset encoding, SaidTypes types) {

    /**
     * @param type what is said of them
     * @throws ServiceException INVALID_PARAMETER where there are options for a body that is no CSV text, or
     *     types for one that has its own
     */
    static Reading of(Upload upload, BodyType type, CsvOptions options, SaidTypes types) {
        DatasetFormat format = DatasetFormat.of(upload.file(), type.format());
        if (!format.isCsv() && !options.equals(CsvOptions.NONE)) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    "Only name, and types unless it is Parquet, go with a body that is no CSV or TSV text.");
        }
        if (format == DatasetFormat.PARQUET && !types.isEmpty()) {
            throw new ServiceException(
                    ErrorCode.INVALID_PARAMETER,
                    "A Parquet file says of its columns what they are: types does not go with it.");
        }
        Charset encoding = format.isCsv() ? encoding(upload, type, options) : StandardCharsets.UTF_8;
        return new Reading(format, options, encoding, types);
    }

    /** The names of the parameters that say something. */
    List<String> given() {
        List<String> given = new ArrayList<>(options.given());
        if (!types.isEmpty()) {
            given.add(SaidTypes.PARAMETER);
        }
        return given;
    }

    private static Charset encoding(Upload upload, BodyType type, CsvOptions options) {
        try {
            return options.encoding() == null
                    ? Encodings.charset(upload.content(), type.charset())
                    : options.encoding();
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    /**
     * The dataset, made of the same bytes.
     *
     * @throws ServiceException NAME_TAKEN where they were taken in another way
     */
    Dataset requireSame(Dataset present) {
        Inferred then = present.inferred();
        if (then == null || then.format() != format) {
            throw other(present, "another format");
        }
        List<String> differences = new ArrayList<>();
        List<String> options = format.isCsv() ? this.options.differences(then, encoding) : List.of();
        if (!options.isEmpty()) {
            differences.add("another " + String.join(", ", options));
        }
        if (!types.byColumn().equals(then.types())) {
            differences.add("other types");
        }
        if (!differences.isEmpty()) {
            throw other(present, String.join(" and ", differences));
        }
        return present;
    }

    private static ServiceException other(Dataset present, String difference) {
        return new ServiceException(
                ErrorCode.NAME_TAKEN,
                "There is a dataset " + Excerpt.quoted(present.name()) + " of the same content, but read with "
                        + difference + ".");
    }
}
