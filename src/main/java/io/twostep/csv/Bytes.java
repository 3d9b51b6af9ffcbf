package io.twostep.csv;

import java.io.IOException;
import java.io.InputStream;

/** Bytes that can be read more than once. */
public interface Bytes {

    /** From the start; the caller closes it. */
    InputStream open() throws IOException;
}
