package io.twostep.training;

import io.twostep.matrix.Products;
import io.twostep.matrix.Tile;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Products of which a crew makes one {@link Partition#columns tile} after another; one product at a time. Products that
 * are asked for as a tile, or small, are made by the caller.
 */
final class CrewProducts implements Products {

    /** How products of one size are cut: that of C, and the number of terms of its sums. */
    private record Cut(int rows, int columns, int terms, List<Tile> tiles) {

        private boolean isOf(FMatrixRMaj a, FMatrixRMaj c) {
            return rows == c.numRows && columns == c.numCols && terms == a.numCols;
        }
    }

    private final Products products;
    private final Crew crew;
    private final List<Cut> cuts = new ArrayList<>();
    private final Crew.Work affine = this::affineTile;
    private final Crew.Work transB = this::transBTile;

    private FMatrixRMaj a = new FMatrixRMaj(0, 0);
    private FMatrixRMaj b = a;
    private FMatrixRMaj row = a;
    private FMatrixRMaj c = a;
    private List<Tile> tiles = List.of();

    CrewProducts(Products products, Crew crew) {
        this.products = products;
        this.crew = crew;
    }

    @Override
    public void multiply(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        products.multiply(a, b, c);
    }

    @Override
    public void affine(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj row, FMatrixRMaj c, @Nullable Tile tile) {
        if (tile == null) {
            this.row = row;
            share(affine, a, b, c);
        } else {
            products.affine(a, b, row, c, tile);
        }
    }

    @Override
    public void multiplyTransA(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile, boolean added) {
        products.multiplyTransA(a, b, c, tile, added);
    }

    @Override
    public void multiplyTransB(FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c, @Nullable Tile tile) {
        if (tile == null) {
            share(transB, a, b, c);
        } else {
            products.multiplyTransB(a, b, c, tile);
        }
    }

    private void share(Crew.Work form, FMatrixRMaj a, FMatrixRMaj b, FMatrixRMaj c) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.tiles = tiles(a, c);
        crew.run(form, tiles.size());
    }

    /** Looked up without an object for a key: each layer and size of batch has its cut. */
    private List<Tile> tiles(FMatrixRMaj a, FMatrixRMaj c) {
        for (int i = 0; i < cuts.size(); i++) {
            if (cuts.get(i).isOf(a, c)) {
                return cuts.get(i).tiles;
            }
        }
        Cut cut = new Cut(c.numRows, c.numCols, a.numCols, Partition.columns(c.numRows, c.numCols, a.numCols));
        cuts.add(cut);
        return cut.tiles;
    }

    private void affineTile(int part) {
        products.affine(a, b, row, c, tiles.get(part));
    }

    private void transBTile(int part) {
        products.multiplyTransB(a, b, c, tiles.get(part));
    }
}
