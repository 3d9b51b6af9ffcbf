package io.twostep.dataset;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an upload say of its body. Clients often do not know better, so that the bytes have the last word.
 *
 * @param format null if nothing is said of it
 * @param charset null if nothing is said of it
 */
public record BodyType(
        @Nullable DatasetFormat format, @Nullable Charset charset) {

    /** Says nothing. */
    public static final BodyType UNKNOWN = new BodyType(null, null);
}
