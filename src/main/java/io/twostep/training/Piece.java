package io.twostep.training;

import io.twostep.matrix.Tile;
import io.twostep.nn.Network;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Some rows of one layer's weights, whose gradient one thread sums; the first piece of a layer has its biases too.
 *
 * @param layer which one
 * @param rows of its weights
 * @param from the first number of the weights
 * @param to behind the last
 */
record Piece(int layer, Tile rows, int from, int to) {

    private Piece(int layer, Tile rows) {
        this(layer, rows, rows.row() * rows.columns(), rows.row() * rows.columns() + rows.rows() * rows.columns());
    }

    /**
     * The last layer at both ends, where the crew begins, and the first in the middle, where two threads meet: the weights
     * with which the next step begins are then the ones still in their caches.
     */
    static Piece[] of(Network network, int batchSize) {
        Deque<Piece> found = new ArrayDeque<>();
        for (int layer = 0; layer < network.layers().size(); layer++) {
            for (Tile tile : Partition.rows(network.layers().get(layer), batchSize)) {
                Piece piece = new Piece(layer, tile);
                if (found.size() % 2 == 0) {
                    found.addFirst(piece);
                } else {
                    found.addLast(piece);
                }
            }
        }
        return found.toArray(Piece[]::new);
    }

    boolean hasBiases() {
        return from == 0;
    }

    int units() {
        return rows.columns();
    }
}
