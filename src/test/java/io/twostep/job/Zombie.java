package io.twostep.job;

import static io.twostep.job.TestCluster.now;

import io.twostep.model.TestModels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** An attempt that goes on writing after another one has taken its job over. */
final class Zombie {

    private final TestNode node;
    private final TrainingJob attempt;
    private final TrainingJob queued;

    private Zombie(TestNode node, TrainingJob queued, TrainingJob attempt) {
        this.node = node;
        this.queued = queued;
        this.attempt = attempt;
    }

    /** On a node that takes no job by itself. */
    static Zombie of(TestNode node) {
        TrainingJob queued = TestJobs.queued(now());
        TrainingJob zombie = queued.started(now());
        node.jobs.add(queued);
        node.jobs.claim(queued, zombie);
        TrainingJob requeued = zombie.bereaved(now());
        node.jobs.replace(zombie, requeued);
        node.jobs.claim(requeued, requeued.started(now()));
        return new Zombie(node, queued, zombie);
    }

    String id() {
        return attempt.id();
    }

    /** Those of its writes that came through; none should. */
    List<String> changes(TrainingJobs jobs) {
        String id = attempt.id();
        Map<String, BooleanSupplier> writes = new LinkedHashMap<>();
        writes.put(
                "publish",
                () -> node.models
                        .publish(
                                TestModels.trainedBy(id, "penguins", 1),
                                model -> jobs.replace(
                                        attempt, attempt.succeeded(now(), TestJobs.ALL_EPOCHS, model.version())))
                        .isPresent());
        writes.put("claim", () -> jobs.claim(queued, attempt));
        writes.put(
                "report",
                () -> jobs.report(id, attempt.attempt(), attempt.progress(), List.of(TestJobs.report(1, null)))
                        .isPresent());
        writes.put("checkpoint", () -> jobs.progressed(id, attempt.attempt()));
        writes.put("rewind", () -> jobs.rewind(id, attempt.attempt(), attempt.progress(), 0));
        writes.put("fail", () -> jobs.replace(attempt, attempt.failed(now(), JobError.EXPIRED)));
        writes.put("requeue", () -> jobs.replace(attempt, attempt.requeued(now())));
        writes.put("expire", () -> jobs.replace(attempt, attempt.expired(now())));
        return writes.entrySet().stream()
                .filter(write -> write.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .toList();
    }
}
