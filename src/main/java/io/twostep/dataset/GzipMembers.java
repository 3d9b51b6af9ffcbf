package io.twostep.dataset;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks all members of a gzip file (RFC 1952), one behind the other. What follows a member is another or zeros that fill
 * the file up: the stream of the JDK takes anything else, such as a member that is damaged, for the end.
 */
final class GzipMembers implements AutoCloseable {

    private static final int DEFLATE = 8;
    private static final int HEADER_CHECK = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int TIME_AND_SYSTEM = 6;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;

    private final Inflater inflater = new Inflater(true);
    private final CRC32 check = new CRC32();
    private boolean inMember;

    /** @param in is closed with this, and begins with a member */
    GzipMembers(InputStream in) throws IOException {
        this.in = in;
        beginMember();
    }

    /**
     * Unpacks some bytes.
     *
     * @return how many, or -1 at the end
     * @throws EOFException where a member is cut short
     * @throws ZipException where something is damaged
     */
    int read(byte[] out) throws IOException {
        while (inMember) {
            int length = inflate(out);
            if (length > 0) {
                check.update(out, 0, length);
                return length;
            }
            if (inflater.finished()) {
                endMember();
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }

    private int inflate(byte[] out) throws IOException {
        if (inflater.needsInput()) {
            if (position == limit && !fill()) {
                throw new EOFException();
            }
            inflater.setInput(buffer, position, limit - position);
        }
        try {
            int length = inflater.inflate(out);
            position = limit - inflater.getRemaining();
            if (inflater.needsDictionary()) {
                throw new ZipException("a dictionary");
            }
            return length;
        } catch (DataFormatException e) {
            throw (IOException) new ZipException("no deflated bytes").initCause(e);
        }
    }

    private void endMember() throws IOException {
        require(number() == check.getValue(), "the check sum");
        require(number() == (inflater.getBytesWritten() & 0xFFFF_FFFFL), "the length");
        inMember = false;
        if (!passZeros()) {
            inflater.reset();
            check.reset();
            beginMember();
        }
    }

    private boolean passZeros() throws IOException {
        while (position < limit || fill()) {
            if (buffer[position] != 0) {
                return false;
            }
            position++;
        }
        return true;
    }

    private void beginMember() throws IOException {
        require(octet() == 0x1F && octet() == 0x8B, "no member");
        require(octet() == DEFLATE, "the method");
        int flags = octet();
        skip(TIME_AND_SYSTEM);
        if ((flags & EXTRA) != 0) {
            skip(octet() | (octet() << 8));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECK) != 0) {
            skip(2);
        }
        inMember = true;
    }

    private void skip(int length) throws IOException {
        for (int i = 0; i < length; i++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        int octet = octet();
        while (octet != 0) {
            octet = octet();
        }
    }

    /** Four bytes, the lowest first. */
    private long number() throws IOException {
        return octet() | (octet() << 8) | (octet() << 16) | ((long) octet() << 24);
    }

    private int octet() throws IOException {
        if (position == limit && !fill()) {
            throw new EOFException();
        }
        return buffer[position++] & 0xFF;
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer, 0, buffer.length));
        return limit > 0;
    }

    private static void require(boolean right, String what) throws IOException {
        if (!right) {
            throw new ZipException(what);
        }
    }
}
