package io.twostep.matrix;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The passes over matrices that no product does, on the sizes of W3: a batch of 128 rows, 784 inputs, 256 units. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class KernelsBenchmark {

    private static final int BATCH = 128;

    private final FMatrixRMaj source = new FMatrixRMaj(10_000, 784);
    private final FMatrixRMaj inputs = new FMatrixRMaj(BATCH, 784);
    private final int[] rows =
            new Random(42).ints(source.numRows, 0, source.numRows).toArray();
    private final FMatrixRMaj x = new FMatrixRMaj(BATCH, 256);
    private final FMatrixRMaj y = new FMatrixRMaj(BATCH, 256);
    private final FMatrixRMaj result = new FMatrixRMaj(BATCH, 256);
    private final FMatrixRMaj row = new FMatrixRMaj(1, 256);
    private int from;

    @Setup
    public void fill() {
        Arrays.fill(x.data, 0.5f);
        Arrays.fill(y.data, 1f); // a product with it stays what it was
        Arrays.fill(row.data, 2f);
    }

    @Benchmark
    public FMatrixRMaj fillRows() {
        Kernels.fillRows(row, result, null);
        return result;
    }

    @Benchmark
    public FMatrixRMaj multiplyElements() {
        Kernels.multiplyElements(x, y, null);
        return x;
    }

    @Benchmark
    public FMatrixRMaj subtract() {
        Kernels.subtract(x, y, result);
        return result;
    }

    @Benchmark
    public FMatrixRMaj scale() {
        Kernels.scale(x, -1f);
        return x;
    }

    /** Other rows at every call, as in an epoch: they come from memory and not from a cache. */
    @Benchmark
    public FMatrixRMaj gatherRows() {
        Kernels.gatherRows(source, rows, from, inputs);
        from = (from + BATCH) % (rows.length - BATCH);
        return inputs;
    }

    @Benchmark
    public double squaredNorm() {
        return Kernels.squaredNorm(x);
    }

    @Benchmark
    public boolean allFinite() {
        return Kernels.allFinite(x);
    }
}
