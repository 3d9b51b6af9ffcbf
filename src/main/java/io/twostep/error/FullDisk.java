package io.twostep.error;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Knows a full disk by what the operating system says of it; Java has no type for it. */
public final class FullDisk {

    /** On Linux, macOS and Windows. */
    private static final List<String> MESSAGES =
            List.of("no space left", "disk quota exceeded", "not enough space", "disk is full");

    private FullDisk() {}

    /** Whether a message means that the disk, or the user's share of it, is full. */
    public static boolean isSaidBy(@Nullable String message) {
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return MESSAGES.stream().anyMatch(text::contains);
    }

    /** Whether that is behind a failure. */
    public static boolean isBehind(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isSaidBy(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }
}
