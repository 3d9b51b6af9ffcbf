package io.twostep.dataset;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about an upload while reading it.
 *
 * @param encoding such as {@code utf-8}
 * @param delimiter between the values of a line; null for JSON
 * @param quote around values that hold a delimiter or a line end; null for JSON
 * @param header whether the first line names the columns; null for JSON
 * @param missing the texts that stand for a missing value, besides the empty one; none in JSON, where only null does
 * @param warnings sentences about what is worth a look
 */
public record Inferred(
        DatasetFormat format,
        String encoding,
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable Boolean header,
        List<String> missing,
        List<String> warnings) {

    /** The same with these warnings. */
    Inferred with(List<String> others) {
        return new Inferred(format, encoding, delimiter, quote, header, missing, others);
    }

    public Inferred {
        missing = List.copyOf(missing);
        warnings = List.copyOf(warnings);
    }
}
