package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.twostep.csv.Dialect;
import io.twostep.features.Notation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about an upload while reading it.
 *
 * @param encoding such as {@code utf-8}
 * @param delimiter between the values of a line, a blank for any run of blanks; null for JSON
 * @param quote around values that hold a delimiter or a line end, empty where there are none; null for JSON
 * @param escape what stands before a quote inside of quotes: the quote once more, or a backslash; null for JSON
 * @param header whether the first line names the columns; null for JSON
 * @param decimal mark of the numbers; null for JSON
 * @param missing the texts that stand for a missing value, besides the empty one; none in Parquet, where only null does
 * @param types what the sender said of the types of columns, by their names
 * @param given which of these the sender said, by the names of the parameters; the rest was found out
 * @param warnings sentences about what is worth a look
 */
public record Inferred(
        DatasetFormat format,
        String encoding,
        @Nullable String delimiter,
        @Nullable String quote,
        @Nullable String escape,
        @Nullable Boolean header,
        @Nullable String decimal,
        List<String> missing,
        Map<String, SaidType> types,
        List<String> given,
        List<String> warnings) {

    /** How text is to be read as it was here; the usual way where the format has types and nulls of its own. */
    public Notation notation() {
        if (!format.isCsv()) {
            return Notation.USUAL;
        }
        String quotes = quote == null ? Dialect.USUAL_QUOTE : quote;
        return new Notation(
                decimal == null ? "." : decimal, missing, delimiter, quotes, escape == null ? quotes : escape);
    }

    /** The same with these warnings besides its own. */
    Inferred with(List<String> others) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(others);
        return new Inferred(format, encoding, delimiter, quote, escape, header, decimal, missing, types, given, all);
    }

    /** Reads what is stored; datasets of old do not tell all of it. */
    @JsonCreator
    static Inferred of(
            DatasetFormat format,
            String encoding,
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String escape,
            @Nullable Boolean header,
            @Nullable String decimal,
            List<String> missing,
            @Nullable Map<String, SaidType> types,
            @Nullable List<String> given,
            List<String> warnings) {
        return new Inferred(
                format,
                encoding,
                delimiter,
                quote,
                escape,
                header,
                decimal,
                missing,
                types == null ? Map.of() : types,
                given == null ? List.of() : given,
                warnings);
    }

    public Inferred {
        missing = List.copyOf(missing);
        types = new SaidTypes(types).byColumn();
        given = List.copyOf(given);
        warnings = List.copyOf(warnings);
    }

    /** Nothing was said of types. */
    public Inferred(
            DatasetFormat format,
            String encoding,
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String escape,
            @Nullable Boolean header,
            @Nullable String decimal,
            List<String> missing,
            List<String> given,
            List<String> warnings) {
        this(format, encoding, delimiter, quote, escape, header, decimal, missing, Map.of(), given, warnings);
    }
}
