package io.twostep.storage;

/**
 * A durable file.
 *
 * @param key its name among the {@link Blobs} that hold it
 * @param sha256 of its bytes, in 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record Blob(String key, String sha256, long bytes) {}
