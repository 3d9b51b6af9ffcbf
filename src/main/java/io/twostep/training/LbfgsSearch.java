package io.twostep.training;

import io.twostep.nn.Gradients;
import io.twostep.nn.Parameters;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The search of {@link Lbfgs}, one evaluation of the loss after the other. Between two turns the parameters
 * are at the best point that was evaluated:
 *
 * <pre>
 * search.move()                                  to the point to be evaluated
 * gradients = ..., loss = ...                    of that point
 * search.take(loss, total)                       stays there, or goes back to a better one
 * </pre>
 *
 * All that it remembers is in the {@link OptimizerState}.
 */
final class LbfgsSearch {

    // Numbers in the state's array, before those of the line search and of the memory.
    private static final int TOTAL = 0;
    private static final int NORM = 1;
    private static final int LARGEST = 2;
    private static final int STAGE = 3;
    private static final int OWN = 4;

    // Stages.
    private static final int BEFORE_THE_FIRST = 0;
    private static final int SEARCHING = 1;
    private static final int FLAT = 2;
    private static final int STUCK = 3;

    private final Lbfgs kind;
    private final OptimizerState state;
    private final LineSearch line;
    private final LbfgsMemory memory;

    /**
     * @param parameters changed
     * @param gradients of the parameters as they are whenever {@link #take} is called
     * @param state changed
     */
    LbfgsSearch(Lbfgs kind, Parameters parameters, Gradients gradients, OptimizerState state, Crew crew) {
        this.kind = kind;
        this.state = state;
        this.line = new LineSearch(kind.c1(), kind.c2(), state.numbers(), OWN);
        this.memory = new LbfgsMemory(
                kind.history(),
                parameters,
                gradients,
                state,
                OWN + LineSearch.NUMBERS,
                new VectorPieces(parameters.matrices(), crew));
    }

    /** How many numbers there are to remember beside vectors. */
    static int numbers(int history) {
        return OWN + LineSearch.NUMBERS + LbfgsMemory.numbers(history);
    }

    /** Takes the parameters to the next point, and counts it as a step. Before the first one they stay. */
    void move() {
        if (line.isUnderWay()) {
            state.begin(line.length());
            memory.moveForth(line.length());
        } else {
            state.begin(kind.learningRate());
        }
    }

    /**
     * Takes in what was found where the parameters are.
     *
     * @param loss with the price on large weights; its gradients are in their place
     * @param total whatever is to be told of the point where the parameters are afterwards
     * @return what was told of that point when it was evaluated
     */
    double take(double loss, double total) {
        if (get(STAGE) == BEFORE_THE_FIRST) {
            set(STAGE, SEARCHING);
            set(TOTAL, total);
            memory.start();
            begin(loss);
        } else if (line.isUnderWay()) {
            search(loss, total);
        }
        return get(TOTAL);
    }

    /** The length of the gradient where the parameters are. */
    double gradientNorm() {
        return get(NORM);
    }

    /** Why there is no better point, in numbers; null as long as there may be one. */
    @Nullable
    Stop end() {
        int stage = (int) get(STAGE);
        if (stage != FLAT && stage != STUCK) {
            return null;
        }
        Map<String, Double> numbers = new TreeMap<>(Map.of("largest_gradient", get(LARGEST)));
        if (stage == FLAT) {
            numbers.put("tolerance", kind.tolerance());
        } else {
            numbers.put("line_search_trials", (double) line.trials());
        }
        return new Stop(StopReason.CONVERGED, numbers);
    }

    private void search(double loss, double total) {
        double length = line.length();
        switch (line.tell(loss, memory.slope())) {
            case ACCEPTED -> {
                set(TOTAL, total);
                memory.step(-length * line.startSlope());
                begin(loss);
            }
            case AGAIN -> moveToBest(length, total);
            case FAILED -> {
                memory.moveBack();
                if (memory.isEmpty()) {
                    set(STAGE, STUCK);
                } else {
                    memory.forget();
                    begin(line.startLoss());
                }
            }
        }
    }

    /**
     * The search goes on, be it from here.
     *
     * @param tried the length that was tried last, where the parameters are
     */
    private void moveToBest(double tried, double total) {
        double best = line.best();
        if (best == tried) {
            set(TOTAL, total);
            set(NORM, memory.norm());
        } else {
            memory.moveForth(best);
        }
    }

    /** Begins the way from a point, straight downhill if the memory does not lead down. */
    private void begin(double loss) {
        set(NORM, memory.pointNorm());
        set(LARGEST, memory.largestGradient());
        if (get(LARGEST) <= kind.tolerance()) {
            set(STAGE, FLAT);
            return;
        }
        double slope = memory.direct();
        if (!(slope < 0) && !memory.isEmpty()) {
            memory.forget();
            slope = memory.direct();
        }
        double scale = memory.isEmpty() ? Math.min(1, 1 / get(NORM)) : 1;
        line.begin(loss, slope, kind.learningRate() * scale);
    }

    private double get(int place) {
        return state.numbers()[place];
    }

    private void set(int place, double value) {
        state.numbers()[place] = value;
    }
}
