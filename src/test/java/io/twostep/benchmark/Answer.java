package io.twostep.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP answer of which no more is kept than shows where it ends. */
final class Answer {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final StringBuilder head = new StringBuilder();
    private final StringBuilder tail = new StringBuilder();
    private boolean inBody;
    private long left;

    void begin() {
        head.setLength(0);
        tail.setLength(0);
        left = 0;
        inBody = false;
    }

    /** Takes what has arrived; whether that was the end. */
    boolean add(ByteBuffer received) throws IOException {
        while (!inBody && received.hasRemaining()) {
            head.append((char) received.get());
            if (head.length() > 3 && head.indexOf("\r\n\r\n", head.length() - 4) >= 0) {
                readHead(head.toString());
            }
        }
        if (left >= 0) {
            left -= received.remaining();
            return inBody && left == 0;
        }
        int last = Math.max(received.position(), received.limit() - LAST_CHUNK.length());
        while (last < received.limit()) {
            tail.append((char) received.get(last++));
        }
        tail.delete(0, Math.max(0, tail.length() - LAST_CHUNK.length()));
        return tail.toString().equals(LAST_CHUNK);
    }

    private void readHead(String text) throws IOException {
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException("not the answer that was wished for: " + text);
        }
        Matcher length = LENGTH.matcher(text);
        left = length.find() ? Long.parseLong(length.group(1)) : -1;
        inBody = true;
    }
}
