package io.twostep.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Looks at all bytes of a text to tell UTF-8 from one of the encodings that have a byte for each character. */
final class Utf8Scan {

    private static final int BUFFER = 1 << 16;

    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER);
    private long broken;
    /** How many bytes more than characters there are in what is whole: 0 for ASCII. */
    private long beyondAscii;

    private Utf8Scan() {}

    /** False where more places break UTF-8 than speak for it: a few in what else is UTF-8 are damage. */
    static boolean isUtf8(Bytes text) throws IOException {
        Utf8Scan scan = new Utf8Scan();
        try (InputStream in = text.open()) {
            scan.pass(in);
        }
        return scan.broken <= scan.beyondAscii;
    }

    private void pass(InputStream in) throws IOException {
        int read;
        do {
            read = in.read(bytes.array(), bytes.position(), bytes.remaining());
            bytes.position(bytes.position() + Math.max(0, read)).flip();
            while (decode(read < 0).isError()) {
                broken++;
            }
            bytes.compact();
        } while (read >= 0);
    }

    private CoderResult decode(boolean end) {
        chars.clear();
        int before = bytes.position();
        CoderResult result = decoder.decode(bytes, chars, end);
        beyondAscii += bytes.position() - before - chars.position();
        if (result.isError()) {
            bytes.position(bytes.position() + result.length());
        }
        return result;
    }
}
