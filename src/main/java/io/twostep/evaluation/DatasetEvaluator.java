package io.twostep.evaluation;

import io.twostep.dataset.Dataset;
import io.twostep.dataset.DatasetColumn;
import io.twostep.dataset.Datasets;
import io.twostep.dataset.OpenTable;
import io.twostep.dataset.StrayText;
import io.twostep.error.ErrorCode;
import io.twostep.error.Excerpt;
import io.twostep.error.ServiceException;
import io.twostep.features.NumberTarget;
import io.twostep.features.SingleTarget;
import io.twostep.job.Columns;
import io.twostep.job.Findings;
import io.twostep.memory.MemoryBudget;
import io.twostep.model.ModelRegistry;
import io.twostep.model.ModelVersion;
import io.twostep.nn.HeapSize;
import io.twostep.prediction.Predictor;
import io.twostep.scoring.InputCheck;
import io.twostep.scoring.TableInstances;
import io.twostep.training.Evaluation;
import io.twostep.training.Judge;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Judges published models on datasets, while somebody waits: one at a time, and not too many rows. */
public final class DatasetEvaluator {

    /** Some pieces of the table with their texts, and buffers. */
    private static final long BESIDE_JUDGE = 16 << 20;

    private static final String DATASET = "/dataset";

    private final ModelRegistry models;
    private final Predictor predictor;
    private final Datasets datasets;
    private final MemoryBudget heap;
    private final int maxRows;
    private final Semaphore evaluating = new Semaphore(1);

    DatasetEvaluator(ModelRegistry models, Predictor predictor, Datasets datasets, MemoryBudget heap, int maxRows) {
        this.models = models;
        this.predictor = predictor;
        this.datasets = datasets;
        this.heap = heap;
        this.maxRows = maxRows;
    }

    /**
     * Judges a version of a model on the rows of a dataset whose target it can answer with, as it would answer requests.
     *
     * @param idOrName of the dataset
     * @throws ServiceException {@link ErrorCode#NOT_FOUND}; with all problems {@link ErrorCode#REFERENCE_NOT_FOUND} or
     *     {@link ErrorCode#INCOMPATIBLE_DATASET}; {@link ErrorCode#DATASET_TOO_LARGE}, {@link ErrorCode#BUSY},
     *     {@link ErrorCode#REQUEST_TOO_LARGE}; or what {@link TableJudge#judge} throws
     */
    public DatasetEvaluation evaluate(String name, int version, String idOrName) {
        ModelVersion model = models.find(name, version);
        Dataset dataset = checked(model, idOrName);
        if (dataset.rows() > maxRows) {
            throw new ServiceException(
                    ErrorCode.DATASET_TOO_LARGE,
                    "The dataset has %d rows, and one evaluation may read %d (twostep.evaluation.max-rows)."
                            .formatted(dataset.rows(), maxRows));
        }
        if (!evaluating.tryAcquire()) {
            throw new ServiceException(ErrorCode.BUSY, "Another evaluation is being made; ask again in a moment.");
        }
        try {
            return heap.reserve(bytes(model, dataset))
                    .during(() -> datasets.reserve().during(() -> evaluate(model, dataset)));
        } finally {
            evaluating.release();
        }
    }

    private DatasetEvaluation evaluate(ModelVersion model, Dataset dataset) {
        TableJudge judge =
                new TableJudge(model, predictor.model(model.name(), model.version()), Math.toIntExact(dataset.rows()));
        try (OpenTable table = datasets.open(dataset)) {
            Evaluation evaluation = judge.judge(table);
            return new DatasetEvaluation(model, dataset, judge.rows(), judge.warnings(), evaluation);
        }
    }

    private Dataset checked(ModelVersion model, String idOrName) {
        Findings findings = new Findings();
        Optional<Dataset> dataset = datasets.lookUp(idOrName);
        dataset.ifPresentOrElse(
                found -> {
                    InputCheck.check(model, found, findings);
                    Columns columns = new Columns(found);
                    List<? extends SingleTarget> targets =
                            model.schema().target().targets();
                    columns.checkAll(
                            DATASET, targets.stream().map(SingleTarget::column).toList(), findings);
                    targets.forEach(target -> checkTarget(target, columns, findings));
                },
                () -> findings.reference(DATASET, "there is no dataset " + Excerpt.quoted(idOrName)));
        findings.throwIfAny();
        return dataset.orElseThrow();
    }

    private static void checkTarget(SingleTarget target, Columns columns, Findings findings) {
        columns.find(target.column())
                .filter(column ->
                        target instanceof NumberTarget && !column.type().isNumeric())
                .ifPresent(column -> findings.column(DATASET, holdsText(column)));
    }

    private static String holdsText(DatasetColumn column) {
        StrayText stray = column.strayText();
        String example = (stray == null || stray.examples().isEmpty())
                ? ""
                : told(stray.examples().get(0));
        return "the column " + Excerpt.quoted(column.name()) + " holds text where the model predicts numbers" + example;
    }

    private static String told(StrayText.Example example) {
        return ", as " + Excerpt.quoted(example.value()) + " in row " + example.firstRow();
    }

    private static long bytes(ModelVersion model, Dataset dataset) {
        int outputs = model.network().outputs();
        double blocks = 2 * HeapSize.ofFloats((double) TableInstances.BLOCK * outputs);
        return BESIDE_JUDGE + (long) (blocks + Judge.bytes(dataset.rows(), model.network()));
    }
}
