package io.twostep.benchmark;

import io.twostep.matrix.Arithmetic;
import io.twostep.matrix.Functions;
import io.twostep.nn.Activation;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first hidden layer of W3, 128 rows of 256 units, activated with its slopes as in training, and without as in
 * prediction. Since it is done in place, every figure includes a copy of the layer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ActivationBenchmark {

    @Param({"relu", "leaky_relu", "tanh", "sigmoid", "softplus", "elu", "gelu", "silu"})
    public String activation;

    private final FMatrixRMaj normal = new FMatrixRMaj(128, 256);
    private final FMatrixRMaj z = new FMatrixRMaj(128, 256);
    private final FMatrixRMaj slope = new FMatrixRMaj(128, 256);
    private final Functions functions = Arithmetic.fast().functions();
    private Activation kind;

    @Setup
    public void prepare() {
        Random random = new Random(42);
        for (int i = 0; i < normal.data.length; i++) {
            normal.data[i] = (float) random.nextGaussian();
        }
        kind = JsonMapper.shared().readValue("{\"type\":\"" + activation + "\"}", Activation.class);
    }

    @Benchmark
    public FMatrixRMaj withSlope() {
        copy();
        kind.activate(functions, z, slope, null);
        return slope;
    }

    @Benchmark
    public FMatrixRMaj withoutSlope() {
        copy();
        kind.activate(functions, z, null, null);
        return z;
    }

    private void copy() {
        System.arraycopy(normal.data, 0, z.data, 0, z.data.length);
    }
}
