package io.twostep.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Whether jobs are being worked on. */
@Component("worker")
class WorkerHealth implements HealthIndicator {

    private final Scheduler scheduler;
    private final JobProperties properties;

    WorkerHealth(Scheduler scheduler, JobProperties properties) {
        this.scheduler = scheduler;
        this.properties = properties;
    }

    @Override
    public Health health() {
        boolean working = scheduler.getSchedulerState().isStarted()
                && !scheduler.getSchedulerState().isShuttingDown();
        return Health.status(working ? "UP" : "OUT_OF_SERVICE")
                .withDetail("workers", properties.workers())
                .withDetail("running", scheduler.getCurrentlyExecuting().size())
                .build();
    }
}
