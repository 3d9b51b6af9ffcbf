package io.twostep.training;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * All numbers of some matrices, taken for one long vector and cut into pieces that a crew shares. The shapes alone decide on
 * the pieces, and the sums of each are added in their order, so that no bit depends on the number of threads. Nothing is
 * allocated.
 */
final class VectorPieces {

    /** Some numbers of one matrix. */
    interface Part {

        /**
         * Works on the numbers {@code from} to before {@code to}.
         *
         * @param matrix which one, 0 for the first
         * @return their part of the sum; 0 where there is nothing to sum
         */
        double run(int matrix, int from, int to);
    }

    /** Fewer numbers are done before a helper is there. */
    private static final int SIZE = 1 << 14;

    private record Run(int matrix, int from, int to) {}

    private static final Part NOTHING = (matrix, from, to) -> 0;

    private final Crew crew;
    private final Run[][] pieces;
    private final double[] sums;
    private final Crew.Work work = this::run;
    private Part part = NOTHING;

    /** @param shapes whose numbers are meant */
    VectorPieces(List<FMatrixRMaj> shapes, Crew crew) {
        this.crew = crew;
        this.pieces = cut(shapes);
        this.sums = new double[pieces.length];
    }

    /** Works on all numbers, and adds what comes of them. */
    double sum(Part newPart) {
        part = newPart;
        crew.run(work, pieces.length);
        double sum = 0;
        for (double each : sums) {
            sum += each;
        }
        return sum;
    }

    private void run(int piece) {
        double sum = 0;
        for (Run run : pieces[piece]) {
            sum += part.run(run.matrix, run.from, run.to);
        }
        sums[piece] = sum;
    }

    private static Run[][] cut(List<FMatrixRMaj> shapes) {
        List<Run[]> pieces = new ArrayList<>();
        List<Run> piece = new ArrayList<>();
        int room = SIZE;
        for (int matrix = 0; matrix < shapes.size(); matrix++) {
            int size = shapes.get(matrix).getNumElements();
            for (int from = 0; from < size; ) {
                int to = Math.min(size, from + room);
                piece.add(new Run(matrix, from, to));
                room -= to - from;
                from = to;
                if (room == 0) {
                    pieces.add(piece.toArray(Run[]::new));
                    piece.clear();
                    room = SIZE;
                }
            }
        }
        if (!piece.isEmpty()) {
            pieces.add(piece.toArray(Run[]::new));
        }
        return pieces.toArray(Run[][]::new);
    }
}
