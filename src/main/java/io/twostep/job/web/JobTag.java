package io.twostep.job.web;

import io.twostep.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The entity tag of a job as it is shown (RFC 9110): a digest of the body. A weak one, for it leaves {@code eta_seconds}
 * out, which changes with the time though nothing has happened.
 */
record JobTag(String digits) {

    private static final int DIGITS = 32;

    static JobTag of(JobView view, JsonMapper json) {
        ObjectNode shown = json.valueToTree(view);
        shown.remove("eta_seconds");
        MessageDigest digest = Sha256.digest();
        digest.update(json.writeValueAsString(shown).getBytes(StandardCharsets.UTF_8));
        return new JobTag(Sha256.hex(digest).substring(0, DIGITS));
    }

    /** As it stands in {@code ETag}. */
    String header() {
        return "W/\"" + digits + "\"";
    }

    /** Whether a client that sends this {@code If-None-Match} knows the job so. */
    boolean isIn(String ifNoneMatch) {
        return ifNoneMatch.contains('"' + digits + '"');
    }
}
