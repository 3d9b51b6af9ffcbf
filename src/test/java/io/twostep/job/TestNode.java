package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.stats.StatsRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.twostep.model.ModelRegistry;
import io.twostep.model.Models;
import io.twostep.observability.Meters;
import io.twostep.storage.DataFolder;
import io.twostep.web.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** One replica of the service, as far as jobs and models go, put together as in production. */
final class TestNode implements AutoCloseable {

    static final Map<String, Object> QUICK = Map.of(
            "twostep.job.heartbeat",
            "100ms",
            "twostep.job.polling-interval",
            "50ms",
            "twostep.job.flush-interval",
            "20ms");

    final DrivenWork work = new DrivenWork();
    final JobQueue<JobSubmission, TrainingJob> queue;
    final JobRunner<TrainingJob> runner;
    final ModelRegistry models;
    final TrainingJobs jobs;
    final Models published;
    final Checkpoints checkpoints;

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

    TestNode(DataSource database, Path folder, Map<String, Object> properties) {
        this(database, folder, properties, more -> {});
    }

    /** @param more adds what else the replica is made of */
    TestNode(
            DataSource database,
            Path folder,
            Map<String, Object> properties,
            Consumer<AnnotationConfigApplicationContext> more) {
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
        context.registerBean(DataSource.class, () -> database);
        context.registerBean(JdbcTemplate.class, () -> new JdbcTemplate(database));
        context.registerBean(JdbcClient.class, () -> JdbcClient.create(database));
        context.registerBean(TransactionTemplate.class, () -> transactions);
        context.registerBean(DataFolder.class, () -> new DataFolder(folder));
        context.registerBean(JsonMapper.class, Json::mapper);
        context.registerBean(TrainingWork.class, () -> work);
        context.registerBean(Meters.class, () -> new Meters(new SimpleMeterRegistry()));
        context.registerBean(StatsRegistry.class, () -> StatsRegistry.NOOP);
        context.register(JobConfiguration.class);
        context.scan("io.twostep.model", "io.twostep.job.store");
        more.accept(context);
        context.refresh();
        queue = context.getBeanProvider(new ParameterizedTypeReference<JobQueue<JobSubmission, TrainingJob>>() {})
                .getObject();
        runner = context.getBeanProvider(new ParameterizedTypeReference<JobRunner<TrainingJob>>() {})
                .getObject();
        models = context.getBean(ModelRegistry.class);
        jobs = context.getBean(TrainingJobs.class);
        published = context.getBean(Models.class);
        checkpoints = context.getBean(Checkpoints.class);
    }

    /** The queue of this node with another gate before it. */
    JobQueue<JobSubmission, TrainingJob> queue(UnaryOperator<QueueGate> gate) {
        JobProperties bounds = context.getBean(JobProperties.class);
        return new JobQueue<>(
                TrainingJob.KIND,
                jobs,
                context.getBean(Scheduler.class),
                new QueueBound(
                        gate.apply(context.getBean(QueueGate.class)), bounds.maxQueued(), bounds.maxQueuedPerCaller()),
                context.getBean(RunningJobs.class),
                bean(new ParameterizedTypeReference<JobMeters<TrainingJob>>() {}),
                context.getBean(TransactionTemplate.class),
                InstantSource.system());
    }

    /** A runner of this node with other attempts. */
    JobRunner<TrainingJob> runner(BiFunction<TrainingJob, BooleanSupplier, RunningJob<TrainingJob>> attempts) {
        return new JobRunner<>(
                jobs,
                context.getBean(Leases.class),
                attempts,
                context.getBean(RunningJobs.class),
                bean(new ParameterizedTypeReference<JobMeters<TrainingJob>>() {}),
                context.getBean(TransactionTemplate.class),
                Duration.ofHours(1),
                InstantSource.system());
    }

    <T> T bean(ParameterizedTypeReference<T> type) {
        return context.getBeanProvider(type).getObject();
    }

    @Override
    public void close() {
        context.close();
    }
}
