package io.twostep.prediction;

import io.twostep.error.ErrorCode;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.error.ServiceException;
import io.twostep.features.ClassTarget;
import io.twostep.features.FeatureEncoder;
import io.twostep.features.NumberTarget;
import io.twostep.features.Table;
import io.twostep.features.TargetEncoder;
import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Kernels;
import io.twostep.model.ModelSchema;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;

/** A model in memory, ready to answer. Immutable but for a pool of scratch buffers; any number of threads share it. */
public final class LoadedModel {

    /** Rows that run through the network together; larger requests are answered block by block. */
    private static final int BLOCK = 1024;

    private static final int POOLED = 64;

    private final String name;
    private final int version;
    private final ModelSchema schema;
    private final Parameters parameters;
    private final Backpropagation backpropagation;
    private final ConcurrentLinkedQueue<Scratch> pool = new ConcurrentLinkedQueue<>();

    LoadedModel(
            String name,
            int version,
            ModelSchema schema,
            Network network,
            Parameters parameters,
            Arithmetic arithmetic) {
        this.name = name;
        this.version = version;
        this.schema = schema;
        this.parameters = parameters;
        this.backpropagation = new Backpropagation(network, arithmetic);
    }

    public String name() {
        return name;
    }

    public int version() {
        return version;
    }

    /** What it takes. */
    public FeatureEncoder features() {
        return schema.features();
    }

    /** What it gives. */
    public TargetEncoder target() {
        return schema.target();
    }

    /**
     * Answers every row.
     *
     * @param rows raw values; columns by name
     * @throws InvalidValueException if a value has no encoding; pointers {@code /row/column}
     * @throws ServiceException {@link ErrorCode#PREDICTION_NOT_FINITE}
     */
    public List<Prediction> predict(Table rows) {
        List<Prediction> predictions = new ArrayList<>(rows.rows());
        Scratch scratch = borrow(Math.min(BLOCK, rows.rows()));
        for (int from = 0; from < rows.rows(); from += BLOCK) {
            FMatrixRMaj x = scratch.encode(rows, from, Math.min(rows.rows(), from + BLOCK));
            decode(backpropagation.forward(parameters, x, scratch.workspace), from, predictions);
        }
        giveBack(scratch);
        return predictions;
    }

    /** The same problems {@code rows} further down: {@code /3/column} becomes {@code /1027/column}. */
    private static InvalidValueException further(InvalidValueException e, int rows) {
        return new InvalidValueException(e.problems().stream()
                .map(problem -> new Problem(further(problem.pointer(), rows), problem.detail()))
                .toList());
    }

    private static String further(String pointer, int rows) {
        int end = pointer.indexOf('/', 1);
        return end < 0 ? pointer : "/" + (Integer.parseInt(pointer.substring(1, end)) + rows) + pointer.substring(end);
    }

    private void decode(FMatrixRMaj answers, int firstRow, List<Prediction> predictions) {
        if (!Kernels.allFinite(answers)) {
            throw notFinite(firstRow);
        }
        for (int row = 0; row < answers.numRows; row++) {
            predictions.add(
                    target() instanceof ClassTarget classes
                            ? Prediction.OfClass.of(classes, answers, row)
                            : number((NumberTarget) target(), answers, row, firstRow));
        }
    }

    private static Prediction number(NumberTarget target, FMatrixRMaj answers, int row, int firstRow) {
        double value = target.decode(answers, row);
        if (!Double.isFinite(value)) {
            throw notFinite(firstRow + row);
        }
        return new Prediction.OfNumber(value);
    }

    private static ServiceException notFinite(int row) {
        return new ServiceException(
                ErrorCode.PREDICTION_NOT_FINITE,
                "The answer to an instance from number " + row + " on is not a finite number.");
    }

    private Scratch borrow(int rows) {
        Scratch pooled = pool.poll();
        return pooled != null && pooled.workspace.capacity() >= rows ? pooled : new Scratch(rows);
    }

    private void giveBack(Scratch scratch) {
        if (pool.size() < POOLED) {
            pool.add(scratch);
        }
    }

    /** The buffers of one request at a time. */
    private final class Scratch {

        private final Workspace workspace;
        private final FMatrixRMaj input;

        private Scratch(int rows) {
            workspace = Workspace.forPrediction(backpropagation.network(), rows);
            input = new FMatrixRMaj(rows, features().width());
        }

        /** Encodes the rows from {@code from} to before {@code to}. */
        private FMatrixRMaj encode(Table rows, int from, int to) {
            boolean whole = from == 0 && to == rows.rows();
            Table block = whole ? rows : rows.rows(IntStream.range(from, to).toArray());
            input.reshape(to - from, input.numCols);
            try {
                features().encode(block, input);
            } catch (InvalidValueException e) {
                throw from == 0 ? e : further(e, from);
            }
            return input;
        }
    }
}
