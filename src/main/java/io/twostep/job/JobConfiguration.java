package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.boot.config.startup.ContextReadyStart;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import com.github.kagkarlsson.scheduler.stats.StatsRegistryAdapter;
import com.github.kagkarlsson.scheduler.task.Task;
import io.twostep.model.ModelRegistry;
import io.twostep.observability.JobsMeter;
import io.twostep.observability.Meters;
import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionOperations;

/** Puts the queue together. Workers begin when the whole service stands, and stop before anything they use. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobProperties.class)
class JobConfiguration {

    /** The fewest that db-scheduler allows: with a heartbeat a second, a dead worker's job moves on within 6 seconds. */
    private static final int MISSED_HEARTBEATS = 4;

    /** Of the workers: those that are free look at once whether more jobs wait. The library wants less than 1. */
    private static final double NEARLY_ONE = 0.999;

    @Bean
    RunningJobs runningJobs() {
        return new RunningJobs();
    }

    @Bean
    JobMeters<TrainingJob> jobMeters(Meters meters, TrainingJobs jobs) {
        return new JobMeters<>(meters, JobsMeter.TRAINING, jobs);
    }

    @Bean
    Reproduction reproduction(ModelRegistry models, TrainingJobs jobs) {
        return new Reproduction(models, jobs);
    }

    @Bean
    CheckpointWriter checkpointWriter(Checkpoints checkpoints, JobProperties properties, Meters meters) {
        return new CheckpointWriter(checkpoints, properties.checkpointInterval(), meters);
    }

    @Bean
    JobRunner<TrainingJob> jobRunner(
            TrainingJobs jobs,
            Leases leases,
            TrainingWork work,
            ModelRegistry models,
            Reproduction reproduction,
            Checkpoints checkpoints,
            CheckpointWriter checkpointWriter,
            RunningJobs running,
            JobMeters<TrainingJob> meters,
            TransactionOperations transactions,
            JobProperties properties) {
        return new JobRunner<>(
                jobs,
                leases,
                (job, leaving) -> new RunningTraining(
                        job, jobs, work, models, reproduction, checkpoints, checkpointWriter, leaving),
                running,
                meters,
                transactions,
                properties.flushInterval(),
                InstantSource.system());
    }

    @Bean
    Task<Void> trainTask(JobRunner<TrainingJob> runner) {
        return JobTask.of(TrainingJob.KIND, runner);
    }

    @Bean(destroyMethod = "stop")
    @DependsOnDatabaseInitialization
    Scheduler scheduler(DataSource dataSource, List<Task<Void>> kinds, JobProperties properties, StatsRegistry stats) {
        DataSource database = new TransactionAwareDataSourceProxy(dataSource);
        return Scheduler.create(database, List.<Task<?>>copyOf(kinds))
                .jdbcCustomization(new QueueDialect(database))
                .enablePriority()
                .threads(properties.workers())
                .pollUsingLockAndFetch(NEARLY_ONE, 1)
                .pollingInterval(properties.pollingInterval())
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(properties.shutdownWait())
                .serializer(new JobTask.NoData())
                .addSchedulerListener(new StatsRegistryAdapter(stats))
                .build();
    }

    @Bean
    DbSchedulerStarter dbSchedulerStarter(Scheduler scheduler) {
        return new ContextReadyStart(scheduler);
    }

    @Bean
    JobQueue<JobSubmission, TrainingJob> jobQueue(
            TrainingJobs jobs,
            Scheduler scheduler,
            QueueBound bound,
            RunningJobs running,
            JobMeters<TrainingJob> meters,
            TransactionOperations transactions) {
        return new JobQueue<>(
                TrainingJob.KIND, jobs, scheduler, bound, running, meters, transactions, InstantSource.system());
    }

    @Bean
    QueueBound queueBound(QueueGate gate, JobProperties properties) {
        return new QueueBound(gate, properties.maxQueued(), properties.maxQueuedPerCaller());
    }

    @Bean
    QueuePlaces queuePlaces(List<JobStore<?>> kinds) {
        return new QueuePlaces(kinds);
    }

    @Bean
    JobWatch jobWatch(JobProperties properties) {
        return new JobWatch(properties.waiters(), InstantSource.system());
    }
}
