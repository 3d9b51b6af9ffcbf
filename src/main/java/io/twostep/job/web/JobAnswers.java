package io.twostep.job.web;

import io.twostep.job.ColumnReport;
import io.twostep.job.JobColumns;
import io.twostep.job.QueuePlaces;
import io.twostep.job.TrainingJob;
import io.twostep.web.Prefer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a request is told of a training job. */
@Component
class JobAnswers {

    private final ColumnReport columns;
    private final QueuePlaces places;
    private final JsonMapper json;

    JobAnswers(ColumnReport columns, QueuePlaces places, JsonMapper json) {
        this.json = json;
        this.columns = columns;
        this.places = places;
    }

    /** For a request that made the job. */
    ResponseEntity<JobView> created(TrainingJob job, Prefer prefer) {
        return answer(JobReply.created(job, JobView.self(job), prefer), job);
    }

    /** For a request that found it. */
    ResponseEntity<JobView> found(TrainingJob job, Prefer prefer) {
        return answer(JobReply.found(job, prefer), job);
    }

    /** Whether a client that knows the job so has something to learn; not if it does not say how it knows it. */
    boolean isNews(TrainingJob job, @Nullable String known) {
        return known != null && !JobTag.of(full(job), json).isIn(known);
    }

    JobView full(TrainingJob job) {
        return view(job, columns.of(job));
    }

    /** Without its columns, for a list. */
    JobView brief(TrainingJob job) {
        return view(job, null);
    }

    private ResponseEntity<JobView> answer(ResponseEntity.BodyBuilder head, TrainingJob job) {
        JobView view = full(job);
        return head.eTag(JobTag.of(view, json).header()).body(view);
    }

    private JobView view(TrainingJob job, @Nullable JobColumns told) {
        return JobView.of(job, places.of(job), told, Instant.now());
    }
}
