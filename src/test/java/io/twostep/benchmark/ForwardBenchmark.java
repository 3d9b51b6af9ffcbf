package io.twostep.benchmark;

import io.twostep.matrix.Arithmetic;
import io.twostep.nn.Activation;
import io.twostep.nn.Backpropagation;
import io.twostep.nn.Network;
import io.twostep.nn.Parameters;
import io.twostep.nn.Workspace;
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

/** A forward pass of W3: the network's share of a prediction of one row, and of many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ForwardBenchmark {

    @Param({"1", "32", "1024"})
    public int rows;

    private final Network network = Workload.W3.network(new Activation.Relu());
    private final Parameters parameters = Parameters.initialize(network, 42);
    private final Backpropagation backpropagation = new Backpropagation(network, Arithmetic.fast());
    private FMatrixRMaj x;
    private Workspace workspace;

    @Setup
    public void prepare() {
        x = new FMatrixRMaj(rows, network.inputs());
        Random random = new Random(42);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = random.nextFloat();
        }
        workspace = Workspace.forPrediction(network, rows);
    }

    @Benchmark
    public FMatrixRMaj forward() {
        return backpropagation.forward(parameters, x, workspace);
    }
}
