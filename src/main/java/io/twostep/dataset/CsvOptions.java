package io.twostep.dataset;

import io.twostep.csv.Encodings;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the sender of a CSV text says of it; null where it shall be found out.
 *
 * @param delimiter between values; {@link Dialect#BLANKS} stands for any run of blanks
 * @param quote around values, one character, or empty where there are no quotes
 * @param header whether the first line names the columns
 * @param decimal mark in numbers, the point or the comma
 * @param missing texts that stand for a missing value, besides the empty one
 */
public record CsvOptions(
        @Nullable Character delimiter,
        @Nullable String quote,
        @Nullable Charset encoding,
        @Nullable Boolean header,
        @Nullable Character decimal,
        @Nullable List<String> missing) {

    /** The names of the parameters that say something. */
    List<String> given() {
        List<String> given = new ArrayList<>();
        addIfSaid(given, "delimiter", delimiter);
        addIfSaid(given, "quote", quote);
        addIfSaid(given, "encoding", encoding);
        addIfSaid(given, "header", header);
        addIfSaid(given, "decimal", decimal);
        addIfSaid(given, "missing", missing);
        return given;
    }

    /**
     * The names of the parameters under which a text may be another table than the one of which this was found out: what
     * is said now is not what it was read with, or what was said then is to be found out now.
     *
     * @param charset the encoding, found out or said
     */
    List<String> differences(Inferred found, Charset charset) {
        List<String> names = new ArrayList<>();
        addIfOther(names, "delimiter", text(delimiter), found.delimiter(), found);
        addIfOther(names, "quote", quote, found.quote(), found);
        addIfOther(names, "encoding", Encodings.name(charset), found.encoding(), found);
        addIfOther(names, "header", header, found.header(), found);
        addIfOther(names, "decimal", text(decimal), found.decimal(), found);
        List<String> markers = missing == null ? null : new MissingMarkers(missing).texts();
        addIfOther(names, "missing", markers, found.missing(), found);
        return names;
    }

    private static void addIfSaid(List<String> names, String name, @Nullable Object said) {
        if (said != null) {
            names.add(name);
        }
    }

    private static void addIfOther(
            List<String> names, String name, @Nullable Object said, @Nullable Object read, Inferred found) {
        boolean same = said == null ? !found.given().contains(name) : said.equals(read);
        if (!same) {
            names.add(name);
        }
    }

    private static @Nullable String text(@Nullable Character character) {
        return character == null ? null : character.toString();
    }

    /** Says nothing. */
    public static final CsvOptions NONE = new CsvOptions(null, null, null, null, null, null);
}
