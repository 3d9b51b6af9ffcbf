package io.twostep.storage;

import io.twostep.error.ErrorCode;
import io.twostep.error.FullDisk;
import io.twostep.error.ServiceException;
import java.io.IOException;

/** The disk failed: {@code STORAGE_FULL} if it has no room, else {@code STORAGE_UNAVAILABLE}. Names no path. */
public final class StorageException extends ServiceException {

    private static final long serialVersionUID = 1L;

    public StorageException(IOException cause) {
        this(FullDisk.isBehind(cause) ? ErrorCode.STORAGE_FULL : ErrorCode.STORAGE_UNAVAILABLE, cause);
    }

    /** The disk is too full for what is wanted, though nothing was tried. */
    static StorageException full() {
        return new StorageException(ErrorCode.STORAGE_FULL, new IOException("the reserve of the disk is in use"));
    }

    private StorageException(ErrorCode code, IOException cause) {
        super(code, code.title());
        initCause(cause);
    }
}
