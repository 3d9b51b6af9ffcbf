package io.twostep.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.twostep.storage.StorageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How an upload writes its table. */
public enum DatasetFormat {
    /** Values between delimiters, a line a row. */
    @JsonProperty("csv")
    CSV,
    /** As {@link #CSV}, and the delimiter is the tab. */
    @JsonProperty("tsv")
    TSV,
    /** An array of flat objects. */
    @JsonProperty("json")
    JSON,
    /** Flat objects of JSON, usually a line each. */
    @JsonProperty("ndjson")
    NDJSON,
    /** A Parquet file of flat columns. */
    @JsonProperty("parquet")
    PARQUET;

    private static final byte[] PARQUET_MARK = {'P', 'A', 'R', '1'};

    boolean isCsv() {
        return this == CSV || this == TSV;
    }

    /**
     * The format of a file: Parquet says what it is, of other files we believe what is said of them, or else take them
     * for JSON where they begin like it.
     *
     * @param said null if nothing is
     */
    static DatasetFormat of(Path file, @Nullable DatasetFormat said) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            in.mark(PARQUET_MARK.length);
            boolean parquet = Arrays.equals(in.readNBytes(PARQUET_MARK.length), PARQUET_MARK);
            if (said != null || parquet) {
                return parquet && endsAsParquet(file) ? PARQUET : said == null ? CSV : said;
            }
            in.reset();
            return switch (firstCharacter(in)) {
                case '[' -> JSON;
                case '{' -> NDJSON;
                default -> CSV;
            };
        } catch (IOException e) {
            throw new StorageException(e);
        }
    }

    private static boolean endsAsParquet(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            byte[] end = new byte[PARQUET_MARK.length];
            bytes.seek(Math.max(0, bytes.length() - end.length));
            bytes.readFully(end);
            return Arrays.equals(end, PARQUET_MARK);
        }
    }

    private static int firstCharacter(InputStream in) throws IOException {
        int c = in.read();
        while (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
            c = in.read();
        }
        return c;
    }
}
