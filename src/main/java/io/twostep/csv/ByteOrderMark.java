package io.twostep.csv;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** What may stand at the start of a text to tell its encoding. */
enum ByteOrderMark {
    UTF_8(StandardCharsets.UTF_8, "\u00ef\u00bb\u00bf"),
    UTF_16LE(StandardCharsets.UTF_16LE, "\u00ff\u00fe"),
    UTF_16BE(StandardCharsets.UTF_16BE, "\u00fe\u00ff"),
    /** Nothing; a text without a mark is in UTF-8 unless something speaks against it. */
    NONE(StandardCharsets.UTF_8, "");

    private final Charset charset;
    /** A character for each. */
    private final String octets;

    ByteOrderMark(Charset charset, String octets) {
        this.charset = charset;
        this.octets = octets;
    }

    static ByteOrderMark of(Bytes text) throws IOException {
        String start;
        try (InputStream in = text.open()) {
            start = new String(in.readNBytes(3), StandardCharsets.ISO_8859_1);
        }
        for (ByteOrderMark mark : values()) {
            if (start.startsWith(mark.octets)) {
                return mark;
            }
        }
        return NONE;
    }

    Charset charset() {
        return charset;
    }

    int length() {
        return octets.length();
    }
}
