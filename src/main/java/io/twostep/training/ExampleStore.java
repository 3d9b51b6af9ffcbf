package io.twostep.training;

import org.ejml.data.FMatrixRMaj;

/** Where encoded rows are kept while they are learned from. */
public interface ExampleStore {

    /** Keeps everything on the heap. */
    ExampleStore HEAP = HeapExamplesWriter::new;

    /**
     * Makes room.
     *
     * @param rows how many will be written
     * @param inputs width of x
     * @param outputs width of y
     */
    Writer open(int rows, int inputs, int outputs);

    /** Takes encoded rows, from the first one to the last. */
    interface Writer {

        /**
         * Takes the next rows.
         *
         * @param x [any x inputs], copied
         * @param y [as many x outputs], copied
         * @throws IllegalArgumentException if there is no room for them, or shapes do not fit
         */
        void append(FMatrixRMaj x, FMatrixRMaj y);

        /**
         * All that was written.
         *
         * @throws IllegalStateException if that is less than room was made for
         */
        Examples finish();
    }
}
