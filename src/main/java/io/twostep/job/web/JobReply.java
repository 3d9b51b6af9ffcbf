package io.twostep.job.web;

import io.twostep.job.Job;
import io.twostep.web.Prefer;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** The head of an answer about a job of any kind: whether it has finished, and if not, when to ask again. */
public final class JobReply {

    private static final String POLL_SECONDS = "2";

    private JobReply() {}

    /**
     * To a request that made the job.
     *
     * @param path of the job
     */
    public static ResponseEntity.BodyBuilder created(Job<?> job, String path, Prefer prefer) {
        HttpStatus status = prefer.isMet(job.status().isFinished()) ? HttpStatus.CREATED : HttpStatus.ACCEPTED;
        return about(job, ResponseEntity.status(status).location(URI.create(path)), prefer);
    }

    /** To a request that found it. */
    public static ResponseEntity.BodyBuilder found(Job<?> job, Prefer prefer) {
        return about(job, ResponseEntity.ok(), prefer);
    }

    private static ResponseEntity.BodyBuilder about(Job<?> job, ResponseEntity.BodyBuilder answer, Prefer prefer) {
        if (!job.status().isFinished()) {
            answer.header(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
        }
        prefer.applied().ifPresent(applied -> answer.header(Prefer.APPLIED, applied));
        return answer;
    }
}
