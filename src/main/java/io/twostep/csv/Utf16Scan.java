package io.twostep.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Tells UTF-16 without a byte order mark: digits, delimiters and Latin letters have a byte of nought, all on one side. */
final class Utf16Scan {

    private static final int SAMPLE = 1 << 16;

    private Utf16Scan() {}

    /** Null where a text is not in UTF-16, or most of its start is not of such characters. */
    static @Nullable Charset charset(Bytes text) throws IOException {
        byte[] start;
        try (InputStream in = text.open()) {
            start = in.readNBytes(SAMPLE);
        }
        int[] noughts = new int[2];
        for (int i = 0; i < start.length; i++) {
            noughts[i % 2] += start[i] == 0 ? 1 : 0;
        }
        int most = start.length / 2;
        if (noughts[0] == 0 && 2 * noughts[1] > most) {
            return StandardCharsets.UTF_16LE;
        }
        return noughts[1] == 0 && 2 * noughts[0] > most ? StandardCharsets.UTF_16BE : null;
    }
}
