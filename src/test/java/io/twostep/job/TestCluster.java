package io.twostep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.twostep.storage.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Replicas of the service on one database, and what a test wants to see or spoil beneath them. */
final class TestCluster implements AutoCloseable {

    final JdbcClient sql;
    final DataSource database;

    private final Path folder;
    private final List<TestNode> nodes = new ArrayList<>();

    TestCluster(TestDatabase database, Path folder) {
        this.database = database.migrated();
        this.sql = JdbcClient.create(this.database);
        this.folder = folder;
    }

    TestNode node() {
        return node(Map.of());
    }

    /** @param properties instead of those for which a test need not wait */
    TestNode node(Map<String, Object> properties) {
        Map<String, Object> all = new HashMap<>(TestNode.QUICK);
        all.putAll(properties);
        TestNode node = new TestNode(database, folder.resolve("node" + nodes.size()), all);
        nodes.add(node);
        return node;
    }

    @Override
    public void close() {
        nodes.forEach(TestNode::close);
    }

    static TrainingJob submitted(TestNode node) {
        return node.queue.submit(TestJobs.submission("penguins"), "127.0.0.1", TestJobs.ALWAYS);
    }

    static TrainingJob awaitStatus(TestNode node, TrainingJob job, JobStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> node.queue.find(job.id()).status() == status);
        return node.queue.find(job.id());
    }

    /** As if no worker had been heard of for a minute. */
    void silenceHeartbeats() {
        sql.sql("update scheduled_tasks set last_heartbeat = :old where picked = true")
                .param("old", now().minusSeconds(60).atOffset(ZoneOffset.UTC))
                .update();
    }

    /** The hold that a worker has on a job. */
    Lease leaseOf(TrainingJob job) {
        return sql.sql("select * from scheduled_tasks where task_instance = :id")
                .param("id", job.id())
                .query((row, number) ->
                        new Lease(row.getString("task_name"), row.getString("task_instance"), row.getLong("version")))
                .single();
    }

    long places() {
        return sql.sql("select count(*) from scheduled_tasks").query(Long.class).single();
    }

    /** Whether no job has a place any more. */
    void awaitNoPlaces() {
        await().atMost(Duration.ofSeconds(20)).until(() -> places() == 0);
    }

    /** Each status of a job, in a line. */
    static String story(TrainingJob job) {
        return String.join(
                " ",
                job.transitions().stream()
                        .map(transition -> transition.status().wireName())
                        .toList());
    }

    static void assertStory(TrainingJob job, String story) {
        assertThat(story(job)).isEqualTo(story);
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
