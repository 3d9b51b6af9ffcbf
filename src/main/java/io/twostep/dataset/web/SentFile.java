package io.twostep.dataset.web;

import io.twostep.dataset.BodyType;
import io.twostep.dataset.DatasetFormat;
import io.twostep.error.ErrorCode;
import io.twostep.error.Names;
import io.twostep.error.ServiceException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartHttpServletRequest;

/**
 * The table of a request: its body, or the one file of its form.
 *
 * @param name what to call the dataset, if nothing else is said
 * @param type what is said of it
 */
record SentFile(@Nullable String name, BodyType type, Body body) {

    static final String CSV = "text/csv";
    static final String TSV = "text/tab-separated-values";
    static final String NDJSON = "application/x-ndjson";
    static final String PARQUET = "application/vnd.apache.parquet";
    static final String GZIP = "application/gzip";

    /** What a form says of a CSV file may be anybody's guess: the extension is the better one. */
    private static final Map<String, DatasetFormat> BY_TYPE = Map.of(
            TSV,
            DatasetFormat.TSV,
            MediaType.APPLICATION_JSON_VALUE,
            DatasetFormat.JSON,
            NDJSON,
            DatasetFormat.NDJSON,
            PARQUET,
            DatasetFormat.PARQUET);

    private static final Map<String, DatasetFormat> BY_EXTENSION = Map.of(
            "csv", DatasetFormat.CSV,
            "tsv", DatasetFormat.TSV,
            "json", DatasetFormat.JSON,
            "ndjson", DatasetFormat.NDJSON,
            "jsonl", DatasetFormat.NDJSON,
            "parquet", DatasetFormat.PARQUET);

    /** Something to be read once. */
    interface Body {
        InputStream open() throws IOException;
    }

    /** Throws INVALID_MULTIPART. */
    static SentFile of(HttpServletRequest request) {
        if (request instanceof MultipartHttpServletRequest form) {
            return of(onlyFile(form));
        }
        MediaType type = MediaType.parseMediaType(Objects.requireNonNull(request.getContentType()));
        String plain = plain(type);
        DatasetFormat format = plain.equals(CSV) ? DatasetFormat.CSV : format(plain, "");
        String encoding = String.valueOf(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        boolean gzip = plain.equals(GZIP) || encoding.equalsIgnoreCase("gzip");
        return new SentFile(
                null,
                new BodyType(format, type.getCharset()),
                gzip ? () -> requiredGzip(request.getInputStream()) : request::getInputStream);
    }

    /** The caller closes it. */
    InputStream open() throws IOException {
        return body.open();
    }

    private static SentFile of(MultipartFile file) {
        String fileName = String.valueOf(file.getOriginalFilename());
        MediaType type = type(file);
        DatasetFormat format = format(plain(type), fileName);
        return new SentFile(nameOf(fileName), new BodyType(format, type.getCharset()), file::getInputStream);
    }

    /** Of a part of a form; it need not be anything that makes sense. */
    private static MediaType type(MultipartFile file) {
        try {
            String type = file.getContentType();
            return type == null ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(type);
        } catch (InvalidMediaTypeException e) {
            return MediaType.APPLICATION_OCTET_STREAM;
        }
    }

    /** Without parameters, in small letters. */
    private static String plain(MediaType type) {
        return (type.getType() + "/" + type.getSubtype()).toLowerCase(Locale.ROOT);
    }

    private static MultipartFile onlyFile(MultipartHttpServletRequest form) {
        List<MultipartFile> files =
                form.getMultiFileMap().values().stream().flatMap(List::stream).toList();
        if (files.size() != 1) {
            throw new ServiceException(
                    ErrorCode.INVALID_MULTIPART,
                    "The multipart body must hold exactly one file, not " + files.size() + ".");
        }
        return files.get(0);
    }

    /** The file's name without folder and extensions; null if that makes no name. */
    private static @Nullable String nameOf(String fileName) {
        String last = fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
        String unpacked = withoutGz(last);
        int dot = unpacked.lastIndexOf('.');
        String name = dot > 0 ? unpacked.substring(0, dot) : unpacked;
        return Names.isValid(name) ? name : null;
    }

    private static String withoutGz(String fileName) {
        return fileName.toLowerCase(Locale.ROOT).endsWith(".gz")
                ? fileName.substring(0, fileName.length() - ".gz".length())
                : fileName;
    }

    /** By the type where that says anything, else by the file's extension; null if neither does. */
    private static @Nullable DatasetFormat format(String type, String fileName) {
        return BY_TYPE.getOrDefault(type, BY_EXTENSION.get(extension(withoutGz(fileName))));
    }

    private static String extension(String fileName) {
        return fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static InputStream requiredGzip(InputStream body) throws IOException {
        PushbackInputStream in = new PushbackInputStream(body, 2);
        byte[] start = in.readNBytes(2);
        if (start.length < 2 || (start[0] & 0xFF) != 0x1F || (start[1] & 0xFF) != 0x8B) {
            throw new ServiceException(ErrorCode.MALFORMED_GZIP, "The body is not gzip, though its headers say so.");
        }
        in.unread(start);
        return in;
    }
}
