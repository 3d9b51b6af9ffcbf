package io.twostep.training;

class HeapExamplesTest extends ExamplesContract {

    @Override
    protected ExampleStore store() {
        return ExampleStore.HEAP;
    }
}
