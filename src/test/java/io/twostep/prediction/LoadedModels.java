package io.twostep.prediction;

import io.twostep.matrix.Arithmetic;
import io.twostep.memory.Reservation;
import io.twostep.model.ModelSchema;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** Models in memory without a registry, and a look inside. */
public final class LoadedModels {

    private LoadedModels() {}

    public static LoadedModel of(ModelSchema schema, Network network, Parameters parameters) {
        return new LoadedModel("made", 1, schema, network, parameters, Arithmetic.fast(), Reservation.UNCOUNTED);
    }

    /** The inputs of the rows of the present block, row by row. */
    public static float[] inputs(Instances instances) {
        return Arrays.copyOf(
                instances.inputs(), instances.rows() * instances.columns().inputs());
    }

    /** Runs rows that are encoded already through the network, block by block as those of a request. */
    public static void run(LoadedModel model, FMatrixRMaj x) {
        Scratch scratch = model.borrow();
        int block = Math.min(model.blockRows(), x.numRows);
        if (scratch.capacity() < block) {
            scratch.grow(block);
        }
        for (int from = 0; from < x.numRows; from += block) {
            int rows = Math.min(block, x.numRows - from);
            System.arraycopy(x.data, from * x.numCols, scratch.inputs(), 0, rows * x.numCols);
            model.outputs(scratch, rows);
        }
        model.giveBack(scratch);
    }
}
