package io.twostep.storage;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The disk failed: {@code STORAGE_FULL} if it has no room, else {@code STORAGE_UNAVAILABLE}. Names no path. */
public final class StorageException extends ServiceException {

    private static final long serialVersionUID = 1L;

    /** How Linux, macOS and Windows say that there is no room; Java has no type for it. */
    private static final List<String> FULL =
            List.of("no space left", "disk quota exceeded", "not enough space", "disk is full");

    public StorageException(IOException cause) {
        this(saysFull(cause.getMessage()) ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_UNAVAILABLE, cause);
    }

    private StorageException(ErrorCode code, IOException cause) {
        super(code, code.title());
        initCause(cause);
    }

    /** Whether a message of the operating system means that the disk, or the user's share of it, is full. */
    public static boolean saysFull(@Nullable String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return FULL.stream().anyMatch(text::contains);
    }
}
