package io.twostep.job.store;

import io.twostep.job.JobEnding;
import io.twostep.job.JobError;
import io.twostep.job.JobLife;
import io.twostep.job.JobPart;
import io.twostep.job.JobPhase;
import io.twostep.job.JobProgress;
import io.twostep.job.JobStatus;
import io.twostep.job.JobSubmission;
import io.twostep.job.JobTransition;
import io.twostep.job.TrainingJob;
import io.twostep.model.Evaluations;
import io.twostep.model.WarmStart;
import io.twostep.training.Recipe;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ResultSetExtractor;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Jobs out of rows that each hold the job and one of its transitions. One statement reads both, so that a job's status
 * always is that of its last transition.
 */
final class TrainingJobRows implements ResultSetExtractor<List<TrainingJob>> {

    static final TypeReference<Map<String, Double>> NUMBERS = new TypeReference<>() {};

    private final JsonMapper json;

    TrainingJobRows(JsonMapper json) {
        this.json = json;
    }

    /** The statement for the jobs that another one selects; newest first. */
    static String selectFrom(String jobs) {
        return "select j.*, t.status as transition_status, t.at_time as transition_time from (" + jobs
                + ") j join training_job_transition t on t.job_id = j.id order by j.id desc, t.position";
    }

    @Override
    public List<TrainingJob> extractData(ResultSet rows) throws SQLException {
        List<TrainingJob> jobs = new ArrayList<>();
        boolean more = rows.next();
        while (more) {
            TrainingJob bare = job(rows);
            List<JobTransition> transitions = new ArrayList<>();
            do {
                transitions.add(transition(rows));
                more = rows.next();
            } while (more && rows.getString("id").equals(bare.id()));
            jobs.add(bare.with(transitions));
        }
        return jobs;
    }

    private TrainingJob job(ResultSet row) throws SQLException {
        JobLife life = JobTable.life(row, List.of());
        return new TrainingJob(life, submission(row), progress(row), ending(row));
    }

    JobPart part(ResultSet row) throws SQLException {
        return new JobPart(
                row.getString("id"),
                JobStatus.of(row.getString("status")),
                row.getInt("epoch"),
                row.getObject("best_epoch", Integer.class),
                ending(row));
    }

    private static JobTransition transition(ResultSet row) throws SQLException {
        return new JobTransition(
                JobStatus.of(row.getString("transition_status")),
                row.getObject("transition_time", OffsetDateTime.class).toInstant());
    }

    private JobSubmission submission(ResultSet row) throws SQLException {
        String warmStart = row.getString("warm_start");
        return new JobSubmission(
                row.getString("dataset_id"),
                row.getString("dataset_sha256"),
                row.getString("network_id"),
                row.getString("model_name"),
                json.readValue(row.getString("recipe"), Recipe.class),
                row.getInt("priority"),
                JobTable.instant(row, "deadline"),
                warmStart == null ? null : json.readValue(warmStart, WarmStart.class),
                row.getObject("reproduces", Integer.class),
                row.getString("parent_id"));
    }

    private static JobProgress progress(ResultSet row) throws SQLException {
        String phase = row.getString("phase");
        return new JobProgress(
                phase == null ? null : JobPhase.of(phase),
                row.getInt("epoch"),
                row.getObject("train_loss", Double.class),
                row.getObject("validation_loss", Double.class),
                row.getObject("best_epoch", Integer.class),
                row.getObject("resumed_from_epoch", Integer.class));
    }

    private @Nullable JobEnding ending(ResultSet row) throws SQLException {
        String stopReason = row.getString("stop_reason");
        if (stopReason == null) {
            return null;
        }
        String errorCode = row.getString("error_code");
        String evaluation = row.getString("evaluation");
        return new JobEnding(
                stopReason,
                json.readValue(row.getString("stop_detail"), NUMBERS),
                errorCode == null ? null : new JobError(errorCode, row.getString("error_detail")),
                row.getObject("model_version", Integer.class),
                row.getObject("identical", Boolean.class),
                evaluation == null ? null : json.readValue(evaluation, Evaluations.class));
    }
}
