package io.twostep.web;

import org.springframework.util.unit.DataSize;

/**
 * How long the bodies of some requests may be. A feature that needs another limit than the general one declares a bean
 * of this type beside its controller.
 *
 * @param pattern the paths, as in {@code /api/v1/models/{name}/predictions}; the most specific pattern decides
 * @param gzip whether the bodies may have gzip for a content encoding, which the feature then unpacks itself
 */
public record BodyLimit(String pattern, DataSize max, boolean gzip) {

    public BodyLimit(String pattern, DataSize max) {
        this(pattern, max, false);
    }
}
