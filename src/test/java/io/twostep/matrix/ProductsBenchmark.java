package io.twostep.matrix;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

/**
 * A product in plain Java and in the native library; from this comparison came the bounds in {@link BlasProducts} and
 * {@link JavaProducts}.
 *
 * <p>Shapes are m x n x k: first around the cut-over, then the layers of the workloads W1 to W4 going forward.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 300, timeUnit = TimeUnit.MILLISECONDS)
public class ProductsBenchmark {

    @Param({
        "8x4x4",
        "8x8x4",
        "10x10x4",
        "8x8x8",
        "16x16x8",
        "32x8x2",
        "32x8x8",
        "32x1x8",
        "128x64x30",
        "128x32x64",
        "128x2x32",
        "128x256x784",
        "128x128x256",
        "128x10x128",
        "256x2048x784",
        "256x2048x2048",
        "256x10x2048"
    })
    public String shape;

    @Param({"AB", "TRANS_A", "TRANS_B"})
    public String form;

    /** {@code copied}: small whole products by {@link BlasCopies}, the others as {@code native}. */
    @Param({"java", "native", "copied"})
    public String library;

    private Example example;
    private Products products;

    @Setup
    public void prepare() {
        int[] sizes = Stream.of(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        example = Example.of(Form.valueOf(form), sizes[0], sizes[1], sizes[2]);
        products = library.equals("java") ? new JavaProducts() : everythingNative(library.equals("copied"));
    }

    private static Products everythingNative(boolean copied) {
        if (NativeBlas.load().products() instanceof BlasProducts blas) {
            return blas.from(1, copied ? 1 : Integer.MAX_VALUE);
        }
        throw new IllegalStateException("no native library to compare with");
    }

    @Benchmark
    public FMatrixRMaj product() {
        example.form().multiply(products, example.a(), example.b(), example.c());
        return example.c();
    }
}
