package io.twostep.dataset.web;

import io.twostep.csv.Dialect;
import io.twostep.dataset.CsvOptions;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what query parameters say of a CSV text. All problems are gathered. */
final class CsvParameters {

    /** What to call delimiters that are awkward to write in an address. */
    private static final Map<String, Character> DELIMITERS = Map.of(
            "comma",
            ',',
            "semicolon",
            ';',
            "tab",
            '\t',
            "pipe",
            '|',
            "blanks",
            Dialect.BLANKS,
            "\t",
            '\t',
            " ",
            Dialect.BLANKS);

    private static final Map<String, Character> DECIMALS = Map.of("point", '.', "comma", ',', ".", '.', ",", ',');

    private static final String NO_QUOTE = "none";

    private static final int MOST_MARKERS = 50;
    private static final int LONGEST_MARKER = 64;

    private final List<Problem> problems;

    private CsvParameters(List<Problem> problems) {
        this.problems = problems;
    }

    /** @param problems where those go that are found; the answer is of no use then */
    static CsvOptions read(
            @Nullable String delimiter,
            @Nullable String quote,
            @Nullable String encoding,
            @Nullable String header,
            @Nullable String decimal,
            String @Nullable [] missing,
            List<Problem> problems) {
        CsvParameters parameters = new CsvParameters(problems);
        CsvOptions options = new CsvOptions(
                delimiter == null ? null : parameters.delimiter(delimiter),
                quote == null ? null : parameters.quote(quote),
                encoding == null ? null : parameters.encoding(encoding),
                header == null ? null : parameters.header(header),
                decimal == null ? null : parameters.decimal(decimal),
                missing == null ? null : parameters.missing(List.of(missing)));
        if (options.delimiter() != null && options.delimiter().toString().equals(options.quote())) {
            problems.add(new Problem("quote", "must be another character than the delimiter"));
        }
        return options;
    }

    private @Nullable Character delimiter(String text) {
        Character named = DELIMITERS.get(text);
        if (named != null) {
            return named;
        }
        boolean allowed = isPunctuation(text) && !text.equals("\"");
        require(
                allowed,
                "delimiter",
                "comma, semicolon, tab, pipe, blanks or one other character, no letter or digit",
                text);
        return allowed ? text.charAt(0) : null;
    }

    private @Nullable String quote(String text) {
        boolean allowed = text.equals(NO_QUOTE) || (isPunctuation(text) && !text.equals("\\"));
        require(allowed, "quote", "none or one character, no letter or digit", text);
        return allowed && text.equals(NO_QUOTE) ? "" : text;
    }

    private @Nullable Charset encoding(String text) {
        try {
            return Charset.forName(text);
        } catch (IllegalArgumentException e) {
            require(false, "encoding", "an encoding such as utf-8, utf-16, iso-8859-1 or windows-1252", text);
            return null;
        }
    }

    private boolean header(String text) {
        require(text.equals("true") || text.equals("false"), "header", "true or false", text);
        return text.equals("true");
    }

    private @Nullable Character decimal(String text) {
        Character mark = DECIMALS.get(text);
        require(mark != null, "decimal", "point or comma", text);
        return mark;
    }

    private List<String> missing(List<String> texts) {
        for (String text : texts) {
            require(text.length() <= LONGEST_MARKER, "missing", "at most " + LONGEST_MARKER + " characters long", text);
        }
        if (texts.size() > MOST_MARKERS) {
            problems.add(new Problem("missing", "must be given at most " + MOST_MARKERS + " times"));
        }
        return texts;
    }

    private static boolean isPunctuation(String text) {
        char c = text.length() == 1 ? text.charAt(0) : 0;
        return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
    }

    private void require(boolean condition, String parameter, String rule, String text) {
        if (!condition) {
            problems.add(new Problem(parameter, "must be " + rule + " but was " + Excerpt.quoted(text)));
        }
    }
}
