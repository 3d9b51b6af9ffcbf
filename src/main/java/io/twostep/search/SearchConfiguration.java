package io.twostep.search;

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
import tools.jackson.databind.json.JsonMapper;

/** Searches as a kind of jobs, in the same queue as the trainings that they are made of. */
@Configuration(proxyBeanMethods = false)
class SearchConfiguration {

    @Bean
    JobMeters<Search> searchMeters(Meters meters, Searches searches) {
        return new JobMeters<>(meters, JobsMeter.SEARCH, searches);
    }

    /** The scheduler, which has the task, comes before the queue, which the driver has. */
    @Bean
    Task<Void> searchTask(ObjectProvider<SearchDriver> driver) {
        return StepTask.of(Search.KIND, id -> driver.getObject().step(id));
    }

    @Bean
    JobQueue<SearchSubmission, Search> searchQueue(
            Searches searches,
            Scheduler scheduler,
            QueueBound bound,
            RunningJobs running,
            JobMeters<Search> meters,
            TransactionOperations transactions) {
        return new JobQueue<>(
                Search.KIND, searches, scheduler, bound, running, meters, transactions, InstantSource.system());
    }

    @Bean
    TrialPlanner trialPlanner(TrainingDesk desk, JsonMapper json) {
        return new TrialPlanner(desk, json);
    }

    /** One trial more than workers: so none of these waits for a step of its search. */
    @Bean
    SearchDriver searchDriver(
            Searches searches,
            TrialPlanner planner,
            TrainingDesk desk,
            TrainingJobs jobs,
            JobQueue<JobSubmission, TrainingJob> queue,
            JobMeters<Search> meters,
            JobProperties properties) {
        return new SearchDriver(
                searches, planner, desk, jobs, queue, meters, properties.workers() + 1, InstantSource.system());
    }

    @Bean
    Scoreboard scoreboard(Searches searches, TrainingJobs jobs) {
        return new Scoreboard(searches, jobs);
    }

    @Bean
    SearchDesk searchDesk(
            TrialPlanner trials,
            TrainingDesk trainings,
            JobQueue<SearchSubmission, Search> queue,
            SearchDriver driver) {
        return new SearchDesk(new SearchPlanner(trials), trainings, queue, driver);
    }

    @Bean
    DatasetUse unfinishedSearches(Searches searches) {
        return dataset -> searches.needsDataset(dataset.id());
    }
}
