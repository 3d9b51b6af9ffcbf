package io.twostep.dataset.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.HttpMediaTypeNotAcceptableException;

/** A form in which a whole dataset is sent. */
enum ContentFormat {
    /** With a header; UTF-8. */
    CSV("text", "csv"),
    PARQUET("application", "vnd.apache.parquet");

    private final String type;
    private final String subtype;

    ContentFormat(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    MediaType mediaType() {
        return new MediaType(type, subtype);
    }

    /** The name in a query, and the extension of a file. */
    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The format that a request asks for, by its query rather than by its header; CSV where it does not say.
     *
     * @throws ServiceException INVALID_PARAMETER
     */
    static ContentFormat of(@Nullable String format, @Nullable String accept)
            throws HttpMediaTypeNotAcceptableException {
        if (format == null) {
            return accept == null ? CSV : accepted(accept);
        }
        return Stream.of(values())
                .filter(known -> known.wireName().equals(format))
                .findFirst()
                .orElseThrow(() -> new ServiceException(
                        ErrorCode.INVALID_PARAMETER,
                        List.of(new Problem("format", "must be csv or parquet but was " + Excerpt.quoted(format)))));
    }

    private static ContentFormat accepted(String accept) throws HttpMediaTypeNotAcceptableException {
        List<MediaType> ranges = ranges(accept);
        for (MediaType range : ranges) {
            for (ContentFormat format : values()) {
                if (range.includes(format.mediaType()) && !format.isRefused(ranges)) {
                    return format;
                }
            }
        }
        throw notAcceptable();
    }

    /** The ranges that a header names, the one that says most first. */
    private static List<MediaType> ranges(String accept) throws HttpMediaTypeNotAcceptableException {
        try {
            List<MediaType> ranges = MediaType.parseMediaTypes(accept);
            MimeTypeUtils.sortBySpecificity(ranges);
            return ranges;
        } catch (InvalidMediaTypeException | InvalidMimeTypeException e) { // the latter for too many
            throw notAcceptable();
        }
    }

    /** Whether the range that says most about this format gives it the quality 0 (RFC 9110, 12.4.2). */
    private boolean isRefused(List<MediaType> ranges) {
        return ranges.stream()
                .filter(range -> range.includes(mediaType()))
                .max(Comparator.comparingInt(ContentFormat::precision))
                .filter(range -> range.getQualityValue() == 0)
                .isPresent();
    }

    private static int precision(MediaType range) {
        return range.isWildcardType() ? 0 : range.isWildcardSubtype() ? 1 : 2;
    }

    private static HttpMediaTypeNotAcceptableException notAcceptable() {
        return new HttpMediaTypeNotAcceptableException(
                Stream.of(values()).map(ContentFormat::mediaType).toList());
    }
}
