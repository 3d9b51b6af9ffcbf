package io.twostep.job;

import io.twostep.matrix.Arithmetic;
import io.twostep.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import tools.jackson.databind.json.JsonMapper;

/**
 * The SHA-256 of everything that the bits of a training depend on: what was asked for, the data, the build, and what
 * computes. A state that was written under one of them is of no use under another.
 */
final class RunFingerprint {

    private final JsonMapper json;
    private final String build;

    /** @param build version of the service */
    RunFingerprint(JsonMapper json, String build) {
        this.json = json;
        this.build = build;
    }

    /** In hexadecimal. A dataset never changes, so that the id of one that the split names stands for its content. */
    String of(JobSubmission submission) {
        MessageDigest digest = Sha256.digest();
        digest.update(json.writeValueAsBytes(submission));
        Arithmetic arithmetic = Arithmetic.named(submission.recipe().arithmetic());
        for (String part : new String[] {build, arithmetic.description(), System.getProperty("os.arch")}) {
            digest.update((byte) 0);
            digest.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return Sha256.hex(digest);
    }
}
