package io.twostep.job;

import io.twostep.dataset.ColumnType;
import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.search.Search;
import io.twostep.search.SearchSubmission;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.util.unit.DataSize;

/** One replica of the service, as far as searches go, with a dataset {@code t} and with work that a test does by hand. */
public final class SearchNode implements AutoCloseable {

    private static final Dataset DATASET = new Dataset(
            "ds_1",
            "t",
            100,
            List.of(
                    new DatasetColumn("x", ColumnType.NUMBER, 0, 100),
                    new DatasetColumn("y", ColumnType.CATEGORY, 0, 2)),
            "ab",
            1000,
            Instant.EPOCH,
            null);

    private final TestNode node;

    public SearchNode(DataSource database, Path folder, int workers) {
        Map<String, Object> properties = new HashMap<>(TestNode.QUICK);
        properties.put("twostep.job.workers", workers);
        node = new TestNode(database, folder, properties, SearchNode::furnish);
    }

    private static void furnish(AnnotationConfigApplicationContext context) {
        context.registerBean(
                TrainingDesk.class,
                () -> new TrainingDesk(
                        planner(),
                        context.getBean(Reproduction.class),
                        submission -> {},
                        id -> true,
                        context.getBeanProvider(
                                        new ParameterizedTypeReference<JobQueue<JobSubmission, TrainingJob>>() {})
                                .getObject()));
        context.scan("io.twostep.search");
    }

    private static TrainingPlanner planner() {
        return new TrainingPlanner(
                name -> List.of("t", "ds_1").contains(name) ? Optional.of(DATASET) : Optional.empty(),
                name -> Optional.empty(),
                choice -> Optional.empty(),
                shape -> {},
                DataSize.ofMegabytes(10),
                DataSize.ofMegabytes(10),
                InstantSource.system());
    }

    public DrivenWork work() {
        return node.work;
    }

    public <T> T bean(Class<T> type) {
        return node.bean(ParameterizedTypeReference.forType(type));
    }

    public Search find(String id) {
        return node.bean(new ParameterizedTypeReference<JobQueue<SearchSubmission, Search>>() {})
                .find(id);
    }

    public TrainingJob job(String id) {
        return node.queue.find(id);
    }

    public List<TrainingJob> jobs() {
        return node.jobs.list(null, 100);
    }

    @Override
    public void close() {
        node.close();
    }
}
