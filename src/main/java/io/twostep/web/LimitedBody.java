package io.twostep.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A body that may be read up to a limit. */
final class LimitedBody extends ServletInputStream {

    private final ServletInputStream body;
    private final long max;
    private long read;

    LimitedBody(ServletInputStream body, long max) {
        this.body = body;
        this.max = max;
    }

    @Override
    public int read() throws IOException {
        int octet = body.read();
        if (octet >= 0) {
            count(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int octets = body.read(target, offset, length);
        if (octets > 0) {
            count(octets);
        }
        return octets;
    }

    private void count(int octets) {
        read += octets;
        if (read > max) {
            throw new PayloadTooLargeException(max);
        }
    }

    @Override
    public boolean isFinished() {
        return body.isFinished();
    }

    @Override
    public boolean isReady() {
        return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
        body.setReadListener(listener);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
