package io.twostep.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens a text file: UTF-8, or UTF-16 where a byte order mark says so. Bytes that are no text become a NUL character,
 * which no text has: whoever reads it knows at that place that something is wrong.
 */
final class TextDecoder {

    /** A text, the byte order mark behind it, and the name of its encoding. */
    record Text(Reader reader, String encoding) {}

    private static final String NO_TEXT = "\0";

    private TextDecoder() {}

    /** The caller closes the reader. */
    static Text open(Path file) throws IOException {
        PushbackInputStream in = new PushbackInputStream(Files.newInputStream(file), 3);
        Charset charset = charset(in);
        Reader reader = new BufferedReader(
                new InputStreamReader(
                        in,
                        charset.newDecoder()
                                .onMalformedInput(CodingErrorAction.REPLACE)
                                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                                .replaceWith(NO_TEXT)),
                1 << 16);
        return new Text(reader, charset.name().toLowerCase(java.util.Locale.ROOT));
    }

    private static Charset charset(PushbackInputStream in) throws IOException {
        byte[] mark = new byte[3];
        int read = in.readNBytes(mark, 0, 3);
        if (read == 3 && mark[0] == (byte) 0xEF && mark[1] == (byte) 0xBB && mark[2] == (byte) 0xBF) {
            return StandardCharsets.UTF_8;
        }
        Charset charset = StandardCharsets.UTF_8;
        int used = 0;
        if (read >= 2 && mark[0] == (byte) 0xFF && mark[1] == (byte) 0xFE) {
            charset = StandardCharsets.UTF_16LE;
            used = 2;
        } else if (read >= 2 && mark[0] == (byte) 0xFE && mark[1] == (byte) 0xFF) {
            charset = StandardCharsets.UTF_16BE;
            used = 2;
        }
        in.unread(mark, used, read - used);
        return charset;
    }
}
