package io.twostep.job;

import org.jspecify.annotations.Nullable;

/** A planted fault: a gate that sees nobody wait, and so a queue without a bound. */
record BlindGate(QueueGate gate) implements QueueGate {

    @Override
    public void close() {
        gate.close();
    }

    @Override
    public long waiting() {
        return 0;
    }

    @Override
    public long waiting(String caller) {
        return 0;
    }

    @Override
    public void enter(String task, String jobId, @Nullable String caller) {
        gate.enter(task, jobId, caller);
    }
}
