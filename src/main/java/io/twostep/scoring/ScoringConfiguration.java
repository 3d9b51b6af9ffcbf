package io.twostep.scoring;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.Task;
import io.twostep.dataset.DatasetCatalog;
import io.twostep.dataset.DatasetUse;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.DerivedDatasets;
import io.twostep.dataset.TableMemory;
import io.twostep.job.JobMeters;
import io.twostep.job.JobProperties;
import io.twostep.job.JobQueue;
import io.twostep.job.JobRunner;
import io.twostep.job.JobTask;
import io.twostep.job.Leases;
import io.twostep.job.QueueBound;
import io.twostep.job.RunningJobs;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.observability.JobsMeter;
import io.twostep.observability.Meters;
import io.twostep.prediction.Predictor;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** Scoring as a kind of jobs: in the same queue and by the same workers as trainings. */
@Configuration(proxyBeanMethods = false)
class ScoringConfiguration {

    @Bean
    JobMeters<ScoringJob> scoringMeters(Meters meters, ScoringJobs jobs) {
        return new JobMeters<>(meters, JobsMeter.SCORING, jobs);
    }

    @Bean
    ScoringRoom scoringRoom(Predictor predictor, MemoryBudget heap, TableMemory tables) {
        return new ScoringRoom(predictor, heap, tables);
    }

    @Bean
    JobRunner<ScoringJob> scoringRunner(
            ScoringJobs jobs,
            Leases leases,
            Datasets datasets,
            DerivedDatasets results,
            ModelRegistry models,
            Predictor predictor,
            ScoringRoom memory,
            Meters meters,
            RunningJobs running,
            JobMeters<ScoringJob> jobMeters,
            TransactionOperations transactions,
            JobProperties properties) {
        return new JobRunner<>(
                jobs,
                leases,
                (job, leaving) ->
                        new RunningScoring(job, jobs, datasets, results, models, predictor, memory, meters, leaving),
                running,
                jobMeters,
                transactions,
                properties.flushInterval(),
                InstantSource.system());
    }

    @Bean
    Task<Void> scoreTask(JobRunner<ScoringJob> runner) {
        return JobTask.of(ScoringJob.KIND, runner);
    }

    @Bean
    JobQueue<ScoringSubmission, ScoringJob> scoringQueue(
            ScoringJobs jobs,
            Scheduler scheduler,
            QueueBound bound,
            RunningJobs running,
            JobMeters<ScoringJob> meters,
            TransactionOperations transactions) {
        return new JobQueue<>(
                ScoringJob.KIND, jobs, scheduler, bound, running, meters, transactions, InstantSource.system());
    }

    @Bean
    DatasetUse unfinishedScorings(ScoringJobs jobs) {
        return dataset -> jobs.needsDataset(dataset.id());
    }

    @Bean
    ScoringDesk scoringDesk(
            ModelRegistry models,
            Datasets datasets,
            DerivedDatasets results,
            DatasetCatalog catalog,
            ScoringRoom memory,
            JobQueue<ScoringSubmission, ScoringJob> queue) {
        return new ScoringDesk(new ScoringPlanner(models, datasets, results, memory), catalog, queue);
    }
}
