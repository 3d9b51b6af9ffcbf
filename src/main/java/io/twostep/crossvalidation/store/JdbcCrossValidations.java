package io.twostep.crossvalidation.store;

import io.twostep.crossvalidation.CrossValidation;
import io.twostep.crossvalidation.CrossValidationSubmission;
import io.twostep.crossvalidation.CrossValidations;
import io.twostep.job.JobError;
import io.twostep.job.JobStatus;
import io.twostep.job.store.JobTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.json.JsonMapper;

/** The cross-validations in one table, the jobs of their folds in another. Who writes a fold holds the row of its whole. */
@Repository
class JdbcCrossValidations extends JobTable<CrossValidation> implements CrossValidations {

    private final TransactionOperations transactions;

    JdbcCrossValidations(JdbcClient jdbc, TransactionOperations transactions, JsonMapper json) {
        super("cross_validation", CrossValidation.PRIORITY, jdbc, json);
        this.transactions = transactions;
    }

    @Override
    public boolean add(String id, int fold, String jobId) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            boolean isNext = lock(id).filter(found -> found.status() == JobStatus.RUNNING)
                            .isPresent()
                    && jobs(id).size() == fold - 1;
            return isNext && insert(id, fold, jobId);
        }));
    }

    private boolean insert(String id, int fold, String jobId) {
        return jdbc.sql("""
                        insert into cross_validation_fold (cross_validation_id, fold, job_id)
                        values (:id, :fold, :job)""")
                        .param("id", id)
                        .param("fold", fold)
                        .param("job", jobId)
                        .update()
                == 1;
    }

    @Override
    public List<String> jobs(String id) {
        return jdbc.sql("select job_id from cross_validation_fold where cross_validation_id = :id order by fold")
                .param("id", id)
                .query(String.class)
                .list();
    }

    @Override
    protected CrossValidation job(ResultSet row) throws SQLException {
        return new CrossValidation(
                life(row), json.readValue(row.getString("submission"), CrossValidationSubmission.class), error(row));
    }

    @Override
    protected Map<String, ?> accepted(CrossValidation job) {
        return Map.of("submission", json.writeValueAsString(job.submission()));
    }

    @Override
    protected Map<String, ?> changed(CrossValidation job) {
        return Map.of();
    }

    @Override
    protected @Nullable JobError error(CrossValidation job) {
        return job.error();
    }

    /** The ids of all its datasets stand in the submission; few cross-validations are unfinished. */
    @Override
    protected String needs() {
        return "submission like concat('%\"', :value, '\"%')";
    }
}
