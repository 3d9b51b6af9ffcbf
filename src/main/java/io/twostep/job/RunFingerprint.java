package io.twostep.job;

import io.twostep.matrix.Arithmetic;
import io.twostep.storage.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SHA-256 of everything that the bits of a training depend on: what was asked for, the data, the build, and what
 * computes. A state that was written under one of them is of no use under another.
 */
final class RunFingerprint {

    private final JsonMapper json;
    private final Supplier<String> build;

    /** @param build what tells the code from any other; asked when there is something to train */
    RunFingerprint(JsonMapper json, Supplier<String> build) {
        this.json = json;
        this.build = build;
    }

    /** In hexadecimal. A dataset never changes, so that the id of one that the split names stands for its content. */
    String of(JobSubmission submission) {
        MessageDigest digest = Sha256.digest();
        digest.update(json.writeValueAsBytes(submission));
        Arithmetic arithmetic = Arithmetic.named(submission.recipe().arithmetic());
        digest.update((byte) 0);
        digest.update(build.get().getBytes(StandardCharsets.UTF_8));
        digest.update(
                ByteBuffer.allocate(Long.BYTES).putLong(arithmetic.imprint()).array());
        return Sha256.hex(digest);
    }
}
