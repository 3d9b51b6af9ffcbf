package io.twostep.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.twostep.matrix.Cores;
import io.twostep.nn.Gradients;
import io.twostep.nn.Network;
import io.twostep.nn.NetworkSpec;
import io.twostep.nn.Parameters;
import io.twostep.nn.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Directions beside those of the matrix that stands behind them, in double precision. */
class LbfgsMemoryTest {

    private static final int WEIGHTS = 4;
    private static final int N = WEIGHTS + 1;

    private final Network network = Network.of(NetworkSpec.hidden(), WEIGHTS, new Task.Numbers(1));
    private final Parameters parameters = Parameters.zeros(network);
    private final Gradients gradients = Gradients.of(network);
    private final Random random = new Random(3);

    private record Pair(double[] s, double[] y) {}

    /** More steps than it remembers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10})
    void goesWhereTheInverseHessianLeads(int history) {
        LbfgsMemory memory = memory(history);
        List<Pair> pairs = new ArrayList<>();
        double[][] hessian = hessian();
        at(vector(), hessian, 1);
        memory.start();
        for (int step = 0; step < 6; step++) {
            double[] w = read(parameters.matrices());
            double[] g = read(gradients.matrices());
            double[] p = sum(0, g, -1, inverseTimes(pairs, pairs.size(), g));

            double slope = memory.direct();
            memory.moveForth(0.7);

            double[] moved = read(parameters.matrices());
            assertThat(slope).isCloseTo(dot(g, p), offset(1e-4 * Math.abs(slope)));
            for (int i = 0; i < N; i++) {
                assertThat(moved[i]).isCloseTo(w[i] + 0.7 * p[i], offset(1e-3 * Math.sqrt(dot(p, p))));
            }
            at(moved, hessian, 1);
            double[] after = read(gradients.matrices());
            assertThat(memory.slope()).isCloseTo(dot(after, p), offset(1e-3 * Math.abs(slope)));
            memory.step(-0.7 * slope);
            pairs.add(new Pair(sum(1, moved, -1, w), sum(1, after, -1, g)));
            if (pairs.size() > history) {
                pairs.remove(0);
            }
        }
    }

    /** Along a hill that bends down there is no curvature to remember. */
    @Test
    void leavesOutStepsWithoutCurvature() {
        LbfgsMemory memory = memory(2);
        double[][] hessian = hessian();
        at(vector(), hessian, -1);
        memory.start();
        at(vector(), hessian, -1);

        memory.step(1);

        assertThat(memory.isEmpty()).isTrue();
        assertThat(memory.direct())
                .as("straight downhill")
                .isCloseTo(-memory.pointNorm() * memory.pointNorm(), offset(1e-5));
    }

    private LbfgsMemory memory(int history) {
        OptimizerState state = Lbfgs.remembering(history).init(parameters);
        VectorPieces pieces = new VectorPieces(parameters.matrices(), new Crew(new Cores(1)));
        return new LbfgsMemory(history, parameters, gradients, state, 0, pieces);
    }

    /** {@code H = V'HV + rho ss'} with {@code V = I - rho ys'} pair after pair: Nocedal and Wright, formula 7.19. */
    private static double[] inverseTimes(List<Pair> pairs, int count, double[] x) {
        if (count == 0) {
            Pair newest = pairs.isEmpty() ? new Pair(x, x) : pairs.get(pairs.size() - 1);
            return sum(dot(newest.s, newest.y) / dot(newest.y, newest.y), x, 0, x);
        }
        Pair pair = pairs.get(count - 1);
        double rho = 1 / dot(pair.s, pair.y);
        double[] inner = inverseTimes(pairs, count - 1, sum(1, x, -rho * dot(pair.s, x), pair.y));
        return sum(1, inner, rho * (dot(pair.s, x) - dot(pair.y, inner)), pair.s);
    }

    /** Takes the parameters to a point of a quadratic hill, and the gradients with them. */
    private void at(double[] w, double[][] hessian, double sign) {
        write(w, parameters.matrices());
        double[] rounded = read(parameters.matrices());
        write(
                IntStream.range(0, N)
                        .mapToDouble(i -> sign * dot(hessian[i], rounded))
                        .toArray(),
                gradients.matrices());
    }

    private double[][] hessian() {
        double[][] root = new double[N][];
        for (int i = 0; i < N; i++) {
            root[i] = vector();
        }
        double[][] hessian = new double[N][N];
        for (int i = 0; i < N; i++) {
            for (int j = 0; j < N; j++) {
                hessian[i][j] = dot(root[i], root[j]) + (i == j ? 1 : 0);
            }
        }
        return hessian;
    }

    private double[] vector() {
        return IntStream.range(0, N).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, N).mapToDouble(i -> x[i] * y[i]).sum();
    }

    private static double[] sum(double a, double[] x, double b, double[] y) {
        return IntStream.range(0, N).mapToDouble(i -> a * x[i] + b * y[i]).toArray();
    }

    private static double[] read(List<FMatrixRMaj> matrices) {
        return IntStream.range(0, N)
                .mapToDouble(i -> matrices.get(i / WEIGHTS).data[i % WEIGHTS])
                .toArray();
    }

    private static void write(double[] vector, List<FMatrixRMaj> matrices) {
        for (int i = 0; i < N; i++) {
            matrices.get(i / WEIGHTS).data[i % WEIGHTS] = (float) vector[i];
        }
    }
}
