package io.twostep.crossvalidation;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.twostep.dataset.DatasetUse;
import io.twostep.job.JobMeters;
import io.twostep.job.JobProperties;
import io.twostep.job.JobQueue;
import io.twostep.job.JobSubmission;
import io.twostep.job.QueueBound;
import io.twostep.job.RunningJobs;
import io.twostep.job.StepTask;
import io.twostep.job.TrainingDesk;
import io.twostep.job.TrainingJob;
import io.twostep.job.TrainingJobs;
import io.twostep.observability.JobsMeter;
import io.twostep.observability.Meters;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Cross-validations as a kind of jobs, in the same queue as the trainings that they are made of. */
@Configuration(proxyBeanMethods = false)
class CrossValidationConfiguration {

    @Bean
    JobMeters<CrossValidation> crossValidationMeters(Meters meters, CrossValidations validations) {
        return new JobMeters<>(meters, JobsMeter.CROSS_VALIDATION, validations);
    }

    /** The scheduler, which has the task, comes before the queue, which the driver has. */
    @Bean
    Task<Void> crossValidationTask(ObjectProvider<CrossValidationDriver> driver) {
        return StepTask.of(CrossValidation.KIND, id -> driver.getObject().step(id));
    }

    @Bean
    JobQueue<CrossValidationSubmission, CrossValidation> crossValidationQueue(
            CrossValidations validations,
            Scheduler scheduler,
            QueueBound bound,
            RunningJobs running,
            JobMeters<CrossValidation> meters,
            TransactionOperations transactions) {
        return new JobQueue<>(
                CrossValidation.KIND,
                validations,
                scheduler,
                bound,
                running,
                meters,
                transactions,
                InstantSource.system());
    }

    /** One fold more than workers: so none of these waits for a step of its cross-validation. */
    @Bean
    CrossValidationDriver crossValidationDriver(
            CrossValidations validations,
            TrainingDesk desk,
            TrainingJobs jobs,
            JobQueue<JobSubmission, TrainingJob> queue,
            JobMeters<CrossValidation> meters,
            JobProperties properties) {
        return new CrossValidationDriver(
                validations, desk, jobs, queue, meters, properties.workers() + 1, InstantSource.system());
    }

    @Bean
    FoldBoard foldBoard(CrossValidations validations, TrainingJobs jobs) {
        return new FoldBoard(validations, jobs);
    }

    @Bean
    CrossValidationDesk crossValidationDesk(
            TrainingDesk trainings,
            JobQueue<CrossValidationSubmission, CrossValidation> queue,
            CrossValidationDriver driver) {
        return new CrossValidationDesk(trainings, queue, driver);
    }

    @Bean
    DatasetUse unfinishedCrossValidations(CrossValidations validations) {
        return dataset -> validations.needsDataset(dataset.id());
    }
}
