package io.twostep.training;

import io.twostep.matrix.Products;
import io.twostep.matrix.Tile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Products of which a crew makes one {@link Partition#columns tile} after another; one product at a time. Products that
 * are asked for as a tile, or small, are made by the caller.
 */
final class CrewProducts implements Products {

    /** The sizes of C and the number of terms of its sums. */
    private record Size(int rows, int columns, int terms) {}

    private final Products products;
    private final Crew crew;
    private final Map<Size, Tile[]> tiles = new HashMap<>();
    private final Crew.Work affine = this::affineTile;
    private final Crew.Work transB = this::transBTile;

    private FMatrixRMaj a = new FMatrixRMaj(0, 0);
    private FMatrixRMaj b = a;
    private FMatrixRMaj row = a;
    private FMatrixRMaj c = a;
    private Tile[] parts = {};

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
        this.parts = tiles.computeIfAbsent(new Size(c.numRows, c.numCols, a.numCols), CrewProducts::tiles);
        crew.run(form, parts.length);
    }

    private static Tile[] tiles(Size size) {
        List<Tile> columns = Partition.columns(size.rows, size.columns, size.terms);
        return columns.toArray(Tile[]::new);
    }

    private void affineTile(int part) {
        products.affine(a, b, row, c, parts[part]);
    }

    private void transBTile(int part) {
        products.multiplyTransB(a, b, c, parts[part]);
    }
}
