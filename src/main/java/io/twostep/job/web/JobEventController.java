package io.twostep.job.web;

import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Training jobs as they go on. */
@RestController
class JobEventController {

    private final JobQueue<JobSubmission, TrainingJob> queue;
    private final TrainingJobs jobs;
    private final Followers followers;
    private final JsonMapper json;

    JobEventController(
            JobQueue<JobSubmission, TrainingJob> queue, TrainingJobs jobs, Followers followers, JsonMapper json) {
        this.queue = queue;
        this.jobs = jobs;
        this.followers = followers;
        this.json = json;
    }

    /** An answer that goes on until the job has ended; none (204) for who knows that it has, so that he stops asking. */
    @GetMapping(path = JobView.ROOT + "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void events(
            @PathVariable String id,
            @RequestHeader(name = EventId.HEADER, required = false) @Nullable String last,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        TrainingJob job = queue.find(id);
        EventId told = last == null
                ? EventId.START
                : EventId.parse(last, job.transitions().size());
        if (JobFollower.knowsAll(told, job)) {
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else if (HttpMethod.HEAD.matches(request.getMethod())) {
            EventStream.describe(response);
        } else {
            followers.add(
                    request.getRemoteAddr(),
                    () -> new JobFollower(
                            id,
                            told,
                            EventStream.open(request, response),
                            queue::find,
                            jobs,
                            json,
                            InstantSource.system()));
        }
    }
}
