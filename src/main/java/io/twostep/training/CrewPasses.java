package io.twostep.training;

import io.twostep.matrix.Tile;
import io.twostep.nn.Activation;
import io.twostep.nn.DirectPasses;
import io.twostep.nn.LayerTensors;
import io.twostep.nn.Noise;
import io.twostep.nn.Passes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Passes of which a crew makes one {@link Partition#columns tile} after another; one pass at a time. */
final class CrewPasses implements Passes {

    private static final Activation STRAIGHT = new Activation.Identity();
    private static final FMatrixRMaj NONE = new FMatrixRMaj(0, 0);

    /** How passes of one size are cut: that of what is written, and the number of terms of its sums. */
    private record Cut(int rows, int columns, int terms, List<Tile> tiles) {

        private boolean isOf(FMatrixRMaj factor, FMatrixRMaj written) {
            return rows == written.numRows && columns == written.numCols && terms == factor.numCols;
        }
    }

    private final DirectPasses passes;
    private final Crew crew;
    private final List<Cut> cuts = new ArrayList<>();
    private final Crew.Work forward = this::forwardTile;
    private final Crew.Work disturb = this::disturbTile;
    private final Crew.Work back = this::backTile;

    // The pass that is being made; kept here, since nothing may be allocated for it.
    private Activation activation = STRAIGHT;
    private @Nullable LayerTensors layer;
    private FMatrixRMaj factor = NONE;
    private FMatrixRMaj weights = NONE;
    private @Nullable FMatrixRMaj slopes;
    private FMatrixRMaj written = NONE;
    private @Nullable Noise noise;
    private long noiseKey;
    private int firstRow;
    private List<Tile> tiles = List.of();

    CrewPasses(DirectPasses passes, Crew crew) {
        this.passes = passes;
        this.crew = crew;
    }

    @Override
    public void forward(
            Activation activation, FMatrixRMaj x, LayerTensors layer, FMatrixRMaj a, @Nullable FMatrixRMaj slopes) {
        boolean apart = activation.acrossUnits();
        this.activation = apart ? STRAIGHT : activation;
        this.layer = layer;
        this.slopes = apart ? null : slopes;
        share(forward, x, a);
        if (apart) {
            activate(activation, a, slopes);
        }
    }

    @Override
    public void activate(Activation activation, FMatrixRMaj a, @Nullable FMatrixRMaj slopes) {
        passes.activate(activation, a, slopes);
    }

    @Override
    public void disturb(Noise noise, FMatrixRMaj a, @Nullable FMatrixRMaj slopes, long key, int firstRow) {
        this.noise = noise;
        this.slopes = slopes;
        this.noiseKey = key;
        this.firstRow = firstRow;
        share(disturb, a, a);
    }

    @Override
    public void back(FMatrixRMaj deltas, FMatrixRMaj weights, @Nullable FMatrixRMaj slopes, FMatrixRMaj before) {
        this.weights = weights;
        this.slopes = slopes;
        share(back, deltas, before);
    }

    private void share(Crew.Work work, FMatrixRMaj factor, FMatrixRMaj written) {
        this.factor = factor;
        this.written = written;
        tiles = tiles(factor, written);
        crew.run(work, tiles.size());
    }

    /** Looked up without an object for a key: each layer and size of batch has its cut. */
    private List<Tile> tiles(FMatrixRMaj factor, FMatrixRMaj written) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).isOf(factor, written)) {
                return cuts.get(i).tiles;
            }
        }
        int rows = written.numRows;
        int columns = written.numCols;
        Cut cut = new Cut(rows, columns, factor.numCols, Partition.columns(rows, columns, factor.numCols));
        cuts.add(cut);
        return cut.tiles;
    }

    private void forwardTile(int part) {
        passes.forward(activation, factor, Objects.requireNonNull(layer), written, slopes, tiles.get(part));
    }

    private void disturbTile(int part) {
        Objects.requireNonNull(noise).disturb(written, slopes, noiseKey, firstRow, tiles.get(part));
    }

    private void backTile(int part) {
        passes.back(factor, weights, slopes, written, tiles.get(part));
    }
}
