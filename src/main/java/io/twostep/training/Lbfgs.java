package io.twostep.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.twostep.error.InvalidValueException;
import io.twostep.error.Problem;
import io.twostep.kind.Bounds;
import io.twostep.kind.Explained;
import io.twostep.kind.Within;
import io.twostep.nn.Regularizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Newton's method with what the last steps tell of the curvature in place of the Hessian: BFGS of limited memory. It takes
 * the gradient of all training rows at once, and goes along a direction as far as a line search finds by the strong Wolfe
 * conditions. An epoch, and a step, is one evaluation of loss and gradient. Where it shows that a point is no good, the
 * parameters go back to a better one: after each epoch they are at the lowest training loss so far, the price on large
 * weights included.
 *
 * <p>It ends of itself where the gradient is 0 but for a tolerance, or where no length of a step makes the loss fall.
 *
 * @param learningRate the length that is tried first, of a direction that is made for 1; 1 as in PyTorch and SciPy. Where
 *     no step is remembered it is divided by the length of the gradient, if that is more than 1 (PyTorch: by the sum of its sizes)
 * @param history m, how many steps are remembered; 10 as in SciPy and scikit-learn: a pair is twice the memory of the
 *     network, and more than some 20 hardly ever help (PyTorch: 100)
 * @param c1 share of the decrease in prospect that a step must reach; 1e-4 as in PyTorch and the book (SciPy: 1e-3)
 * @param c2 share of the slope that may be left after a step; 0.9 as in all of them
 * @param tolerance ends training when no number of the gradient is larger; 1e-5 as in SciPy (PyTorch: 1e-7, which single
 *     precision hardly reaches; scikit-learn: 1e-4)
 */
@JsonTypeName("lbfgs")
@Explained(
        value = {
            "s_k = w_k+1 - w_k, y_k = g_k+1 - g_k, rho_k = 1 / y_k's_k, of the last m steps",
            "q = g; from the newest k to the oldest: a_k = rho_k s_k'q, q = q - a_k y_k",
            "q = q s'y / y'y of the newest; from the oldest to the newest: q = q + s_k (a_k - rho_k y_k'q); p = -q",
            "w + t p, where f(w + t p) <= f(w) + c1 t g'p and |g(w + t p)'p| <= c2 |g'p|"
        },
        source =
                "Liu, Nocedal: On the Limited Memory BFGS Method for Large Scale Optimization, 1989; Nocedal, Wright: Numerical Optimization, 2006, algorithms 3.5, 3.6 and 7.4")
public record Lbfgs(
        @Within(above = 0, atMost = MOST_LEARNING_RATE) double learningRate,
        @Within(atLeast = 1, atMost = 100) int history,
        @Within(above = 0, below = 0.5) double c1,
        @Within(above = 0, below = 1) double c2,
        @Within(atLeast = 0, atMost = 1) double tolerance)
        implements Optimizer {

    /** What a layer of noise is told. */
    public static final String NO_NOISE =
            "must hold no noise for lbfgs, which compares losses that must not change by chance";

    /** What a layer with statistics of batches is told. */
    public static final String NO_BATCHES =
            "must hold no batch normalization for lbfgs, whose rows go through the network in blocks that are no batches";

    /** Where the parameters are, the gradient there, and the direction in which they go. */
    private static final int SLOTS = 3;

    public Lbfgs {
        Bounds.check(Lbfgs.class, learningRate, history, c1, c2, tolerance);
        if (c1 >= c2) {
            throw new InvalidValueException("c2", "must be more than c1, which is " + c1 + ", but was " + c2);
        }
    }

    @JsonCreator
    static Lbfgs of(
            @Nullable Double learningRate,
            @Nullable Integer history,
            @Nullable @JsonProperty("c1") Double c1,
            @Nullable @JsonProperty("c2") Double c2,
            @Nullable Double tolerance) {
        return new Lbfgs(
                learningRate == null ? 1 : learningRate,
                history == null ? 10 : history,
                c1 == null ? 1e-4 : c1,
                c2 == null ? 0.9 : c2,
                tolerance == null ? 1e-5 : tolerance);
    }

    /**
     * How many rows go through a network together, however many there are.
     *
     * @param numbersOfARow the inputs and what the layers make of them
     */
    public static int rowsTogether(long numbersOfARow) {
        return FullBatchSteps.rowsTogether(numbersOfARow);
    }

    /** With its usual settings, but for how many steps are remembered. */
    public static Lbfgs remembering(int steps) {
        return of(null, steps, null, null, null);
    }

    /** With two for each pair that is remembered. */
    @Override
    public int slots() {
        return SLOTS + 2 * history;
    }

    @Override
    public int numbers() {
        return LbfgsSearch.numbers(history);
    }

    @Override
    public List<Problem> refusals(
            LearningRateSchedule schedule, @Nullable Clipping clipping, Regularizer regularization) {
        List<Problem> problems = new ArrayList<>();
        if (!(schedule instanceof LearningRateSchedule.Constant)) {
            problems.add(new Problem(
                    "/schedule", "must be constant for lbfgs, whose line search finds the length of each step"));
        }
        if (clipping != null) {
            problems.add(new Problem(
                    "/clipping", "must not be given for lbfgs, whose line search needs the gradient as it is"));
        }
        if (regularization.l1() > 0) {
            problems.add(new Problem(
                    "/regularization/l1",
                    "must be 0 for lbfgs, which needs a price without a kink at 0, as l2 is, but was "
                            + regularization.l1()));
        }
        if (regularization.maxNorm() != null) {
            problems.add(new Problem(
                    "/regularization/max_norm",
                    "must not be given for lbfgs: a step that is changed afterwards is not the one that was searched"));
        }
        return problems;
    }
}
