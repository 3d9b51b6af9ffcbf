package io.twostep.model;

import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.model.WeightsFormat.DamagedException;
import io.twostep.storage.Blob;
import io.twostep.storage.Blobs;
import io.twostep.storage.Ids;
import java.nio.file.Files;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.support.TransactionOperations;

/** Publishes trained models and finds them again. A model is absent or complete. */
public final class ModelRegistry {

    private static final Logger log = LoggerFactory.getLogger(ModelRegistry.class);
    private static final int MOST_TRIES = 10;

    private final Models models;
    private final Blobs files;
    private final TransactionOperations transactions;
    private final InstantSource clock;
    private final LatestVersions latest;

    public ModelRegistry(Models models, Blobs files, TransactionOperations transactions, InstantSource clock) {
        this.models = models;
        this.files = files;
        this.transactions = transactions;
        this.clock = clock;
        this.latest = new LatestVersions(
                name -> models.latestVersion(name).orElseThrow(() -> notFound("no model", name)), clock);
    }

    /**
     * Publishes a model as the next version under its name. Its weights are on the disk before the transaction begins
     * that makes it visible.
     *
     * @param together what else belongs into that transaction; if it answers false, nothing is published. May be called
     *     again, in a new transaction, if somebody else publishes under the same name at the same moment
     * @return the published model, or empty if {@code together} said no
     */
    public Optional<ModelVersion> publish(NewModel model, Predicate<ModelVersion> together) {
        Weights weights = Weights.of(model.parameters());
        Blob file = files.write(Ids.next("weights"), out -> WeightsFormat.write(weights, out));
        String sha256 = weights.sha256();
        Optional<ModelVersion> published = publish(model, version -> describe(model, version, sha256, file), together);
        if (published.isEmpty()) {
            files.delete(file.key()); // after an exception it stays: the commit may have gone through
        }
        published.ifPresent(version -> log.info("Model {} has a version {}", version.name(), version.version()));
        return published;
    }

    /**
     * One version of a model.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public ModelVersion find(String name, int version) {
        return models.find(name, version).orElseThrow(() -> notFound("no version " + version + " of a model", name));
    }

    /**
     * The whole evaluation of one version, curves included; of models of older versions what there is.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public Evaluations evaluation(String name, int version) {
        return models.evaluation(name, version)
                .orElseGet(() -> find(name, version).evaluation());
    }

    /**
     * The latest version of a model.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public ModelVersion latest(String name) {
        return models.findLatest(name).orElseThrow(() -> notFound("no model", name));
    }

    /**
     * The number of the latest version of a model, without reading the model. One that this process published is known
     * at once; one that another process published, within a second.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}
     */
    public int latestVersion(String name) {
        return latest.of(name);
    }

    /** The latest version under each name, by name; {@code after} is the last name of the page before. */
    public List<ModelVersion> list(@Nullable String after, int limit) {
        return models.list(after, limit);
    }

    /**
     * The versions under one name, newest first; {@code after} is the last version of the page before.
     *
     * @throws ServiceException {@link ErrorCode#NOT_FOUND} if there is no model of that name
     */
    public List<ModelVersion> versions(String name, @Nullable Integer after, int limit) {
        latest(name);
        return models.versions(name, after, limit);
    }

    /**
     * The weights of a model, as they were published.
     *
     * @throws ServiceException {@link ErrorCode#MODEL_DAMAGED} if they are not there or not the same any more
     */
    public Weights weights(ModelVersion model) {
        try {
            if (!Files.exists(files.path(model.weightsFile()))) {
                throw new DamagedException("it is missing");
            }
            Weights weights = WeightsFormat.read(files.read(model.weightsFile()));
            if (!weights.sha256().equals(model.weightsSha256())) {
                throw new DamagedException("it belongs to another model");
            }
            return weights;
        } catch (DamagedException e) {
            log.error("The file {} of model {} is damaged: {}", model.weightsFile(), model.name(), e.getMessage());
            throw new ServiceException(
                    ErrorCode.MODEL_DAMAGED,
                    "The file of model '" + model.name() + "', version " + model.version() + ", is damaged: "
                            + e.getMessage() + ".");
        }
    }

    /** Deletes files that no model owns; for start-up. */
    public void sweep() {
        files.sweep(models.weightsFiles());
    }

    private Optional<ModelVersion> publish(
            NewModel model, IntFunction<ModelVersion> described, Predicate<ModelVersion> together) {
        String name = model.name();
        latest.publicationBegins(name);
        try {
            Optional<ModelVersion> published = tryToPublishSeveralTimes(model, described, together);
            published.ifPresent(version -> latest.published(name, version.version()));
            return published;
        } finally {
            latest.publicationEnds(name);
        }
    }

    private Optional<ModelVersion> tryToPublishSeveralTimes(
            NewModel model, IntFunction<ModelVersion> described, Predicate<ModelVersion> together) {
        for (int tries = 1; ; tries++) {
            try {
                return tryToPublish(model, described, together);
            } catch (DuplicateKeyException | ConcurrencyFailureException e) {
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private Optional<ModelVersion> tryToPublish(
            NewModel model, IntFunction<ModelVersion> described, Predicate<ModelVersion> together) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            ModelVersion added = models.add(model.name(), described, model.evaluation());
            if (together.test(added)) {
                return Optional.of(added);
            }
            transaction.setRollbackOnly();
            return Optional.empty();
        }));
    }

    private ModelVersion describe(NewModel model, int version, String weightsSha256, Blob file) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new ModelVersion(
                model.name(),
                version,
                model.jobId(),
                model.network(),
                model.schema(),
                model.evaluation().withoutCurves(),
                model.provenance(),
                weightsSha256,
                file.key(),
                file.bytes(),
                now);
    }

    private static ServiceException notFound(String what, String name) {
        return new ServiceException(ErrorCode.NOT_FOUND, "There is " + what + " " + Excerpt.quoted(name) + ".");
    }
}
