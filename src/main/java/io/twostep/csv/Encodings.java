package io.twostep.csv;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the encoding of a text, and decodes it. */
public final class Encodings {

    /** What bytes are taken for that are no UTF-8: it is Latin-1 with typographic characters in place of controls. */
    public static final Charset OTHERWISE = Charset.forName("windows-1252");

    /** Said of everything, by clients that do not know. */
    private static final Set<Charset> EVERYBODYS =
            Set.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1, StandardCharsets.US_ASCII);

    private static final String NO_TEXT = "\0";

    private Encodings() {}

    /**
     * The encoding that a byte order mark names; without one UTF-16 where every other byte is nought, else UTF-8, else,
     * where the bytes are not, what the sender says, else {@link #OTHERWISE}. Many clients say Latin-1 of whatever they
     * send, so that the bytes are believed first, and Latin-1 is taken for what includes it.
     *
     * @param said null where nothing is
     */
    public static Charset charset(Bytes text, @Nullable Charset said) throws IOException {
        ByteOrderMark mark = ByteOrderMark.of(text);
        if (mark != ByteOrderMark.NONE) {
            return mark.charset();
        }
        Charset wide = Utf16Scan.charset(text);
        if (wide != null) {
            return wide;
        }
        if (Utf8Scan.isUtf8(text)) {
            return StandardCharsets.UTF_8;
        }
        return said == null || EVERYBODYS.contains(said) ? OTHERWISE : said;
    }

    /**
     * A text without its byte order mark. Bytes that are no text become a NUL character, which no text has: whoever
     * reads it knows at that place that something is wrong.
     */
    public static Reader reader(Bytes text, Charset charset) throws IOException {
        ByteOrderMark mark = ByteOrderMark.of(text);
        InputStream in = text.open();
        if (mark.charset().equals(charset)) {
            in.skipNBytes(mark.length());
        }
        return new InputStreamReader(
                in,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith(NO_TEXT));
    }

    /** The encoding that a byte order mark names, else UTF-8. */
    public static Charset marked(Bytes text) throws IOException {
        return ByteOrderMark.of(text).charset();
    }

    /** In small letters, such as {@code utf-8}. */
    public static String name(Charset charset) {
        return charset.name().toLowerCase(Locale.ROOT);
    }
}
