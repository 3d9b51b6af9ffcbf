package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerStarter;
import com.github.kagkarlsson.scheduler.boot.config.startup.ContextReadyStart;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import com.github.kagkarlsson.scheduler.stats.StatsRegistryAdapter;
import com.github.kagkarlsson.scheduler.task.Task;
import io.twostep.model.ModelRegistry;
import io.twostep.observability.Meters;
import java.time.InstantSource;
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

    @Bean
    RunningJobs runningJobs() {
        return new RunningJobs();
    }

    @Bean
    JobMeters jobMeters(Meters meters, TrainingJobs jobs) {
        return new JobMeters(meters, jobs);
    }

    @Bean
    JobRunner jobRunner(
            TrainingJobs jobs,
            TrainingWork work,
            ModelRegistry models,
            RunningJobs running,
            JobMeters meters,
            JobProperties properties) {
        return new JobRunner(jobs, work, models, running, meters, properties.flushInterval(), InstantSource.system());
    }

    @Bean
    Task<Void> trainTask(JobRunner runner) {
        return TrainTask.runBy(runner);
    }

    @Bean(destroyMethod = "stop")
    @DependsOnDatabaseInitialization
    Scheduler scheduler(DataSource dataSource, Task<Void> train, JobProperties properties, StatsRegistry stats) {
        return schedulerOf(dataSource, train, properties, stats);
    }

    static Scheduler schedulerOf(
            DataSource dataSource, Task<Void> train, JobProperties properties, StatsRegistry stats) {
        return Scheduler.create(new TransactionAwareDataSourceProxy(dataSource), train)
                .threads(properties.workers())
                .pollingInterval(properties.pollingInterval())
                .heartbeatInterval(properties.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(properties.shutdownWait())
                .serializer(new TrainTask.NoData())
                .addSchedulerListener(new StatsRegistryAdapter(stats))
                .build();
    }

    @Bean
    DbSchedulerStarter dbSchedulerStarter(Scheduler scheduler) {
        return new ContextReadyStart(scheduler);
    }

    @Bean
    JobQueue jobQueue(
            TrainingJobs jobs,
            Scheduler scheduler,
            RunningJobs running,
            JobMeters meters,
            TransactionOperations transactions) {
        return new JobQueue(jobs, scheduler, running, meters, transactions, InstantSource.system());
    }

    @Bean
    JobWatch jobWatch(JobQueue queue, JobProperties properties) {
        return new JobWatch(queue, properties.waiters(), InstantSource.system());
    }
}
