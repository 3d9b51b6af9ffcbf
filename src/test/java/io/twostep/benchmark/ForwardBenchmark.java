package io.twostep.benchmark;

import io.twostep.model.NewModel;
import io.twostep.prediction.LoadedModel;
import io.twostep.prediction.LoadedModels;
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

/** Encoded rows to outputs in a loaded model of the shape of W3: the network's share of a prediction. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ForwardBenchmark {

    @Param({"1", "32", "1024"})
    public int rows;

    private final NewModel made = ServedModel.of(Workload.W3, "w3");
    private final LoadedModel model = LoadedModels.of(made.schema(), made.network(), made.parameters());
    private FMatrixRMaj x;

    @Setup
    public void prepare() {
        x = new FMatrixRMaj(rows, made.network().inputs());
        Random random = new Random(42);
        for (int i = 0; i < x.data.length; i++) {
            x.data[i] = random.nextFloat();
        }
    }

    @Benchmark
    public void forward() {
        LoadedModels.run(model, x);
    }
}
