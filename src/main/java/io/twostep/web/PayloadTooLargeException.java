package io.twostep.web;

import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;

/** A body longer than its limit. */
public final class PayloadTooLargeException extends ServiceException {

    private static final long serialVersionUID = 1L;

    private final long maxBytes;

    public PayloadTooLargeException(long maxBytes) {
        super(ErrorCode.PAYLOAD_TOO_LARGE, "The body may have at most " + maxBytes + " bytes.");
        this.maxBytes = maxBytes;
    }

    public long maxBytes() {
        return maxBytes;
    }
}
