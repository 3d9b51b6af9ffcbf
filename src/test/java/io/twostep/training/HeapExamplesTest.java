package io.twostep.training;

import org.ejml.data.FMatrixRMaj;

class HeapExamplesTest extends ExamplesContract {

    @Override
    protected Examples keep(FMatrixRMaj x, FMatrixRMaj y) {
        return Examples.of(x, y);
    }
}
