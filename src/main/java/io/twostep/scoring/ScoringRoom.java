package io.twostep.scoring;

import io.twostep.dataset.TableMemory;
import io.twostep.error.ErrorCode;
import io.twostep.error.ServiceException;
import io.twostep.memory.MemoryBudget;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelVersion;
import io.twostep.prediction.Predictor;
import java.util.function.BooleanSupplier;

/** The memory of scorings: known before they are accepted, and reserved before they begin. */
final class ScoringRoom {

    /** Some pieces of the table with their texts, and buffers. */
    private static final long BESIDE_MODEL = 16 << 20;

    /** The table that is read, and the one that is written while it still is open. */
    private static final int TABLES = 2;

    private final Predictor predictor;
    private final MemoryBudget heap;
    private final TableMemory tables;

    ScoringRoom(Predictor predictor, MemoryBudget heap, TableMemory tables) {
        this.predictor = predictor;
        this.heap = heap;
        this.tables = tables;
    }

    /**
     * Makes sure that a scoring by that model can be run at all.
     *
     * @throws ServiceException {@link ErrorCode#JOB_TOO_LARGE}
     */
    void requireFits(ModelVersion model) {
        heap.requireFits(bytes(model));
        tables.requireFits(TABLES);
    }

    /** Reserves what is needed of the heap, the model included; see {@link MemoryBudget#await}. */
    Reservation reserve(ModelVersion model, BooleanSupplier stopped) {
        return heap.await(bytes(model), stopped, () -> {});
    }

    /** Reserves what it takes to read and write tables; see {@link MemoryBudget#await}. */
    Reservation reserveTables(BooleanSupplier stopped) {
        return tables.await(TABLES, stopped, () -> {});
    }

    private long bytes(ModelVersion model) {
        return BESIDE_MODEL + predictor.bytesAlone(model);
    }
}
