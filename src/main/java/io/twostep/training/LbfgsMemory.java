package io.twostep.training;

import io.twostep.matrix.Kernels;
import io.twostep.nn.Gradients;
import io.twostep.nn.Parameters;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The vectors of {@link Lbfgs}: the point w from which it searches, the gradient g there, the direction p, and the pairs
 * s, y of the last steps, all in slots of an {@link OptimizerState}. The two-loop recursion of Nocedal and Wright, algorithm
 * 7.4, each of whose loops adds a vector and finds the next product in one sweep.
 *
 * <p>Vectors are of single precision, products and sums of double.
 */
final class LbfgsMemory {

    private static final int POINT = 0;
    private static final int GRADIENT = 1;
    private static final int DIRECTION = 2;
    private static final int PAIRS = 3;

    // Numbers in the state's array: how many pairs there are, the place of the newest, and y'y of it; then of each 1 /
    // s'y.
    private static final int COUNT = 0;
    private static final int NEWEST = 1;
    private static final int SQUARE = 2;
    private static final int RHO = 3;

    /** Curvature that is less of the slope is rounding. */
    private static final double LEAST_CURVATURE = 0x1.0p-24;

    private final int history;
    private final Parameters parameters;
    private final Gradients gradients;
    private final OptimizerState state;
    private final int first;
    private final VectorPieces pieces;
    private final double[] factors;

    private final VectorPieces.Part forth = this::moveForth;
    private final VectorPieces.Part back = this::moveBack;
    private final VectorPieces.Part takingOver = this::takeOver;
    private final VectorPieces.Part pairing = this::pair;
    private final VectorPieces.Part addition = this::add;
    private final VectorPieces.Part product = this::multiply;
    private final VectorPieces.Part scaling = this::scale;

    // What the present sweep is about.
    private double factor;
    private List<FMatrixRMaj> left;
    private List<FMatrixRMaj> right;
    private List<FMatrixRMaj> added;

    /**
     * @param parameters changed
     * @param gradients where each evaluation leaves them
     * @param first of its {@link #numbers} in the state's array
     */
    LbfgsMemory(
            int history,
            Parameters parameters,
            Gradients gradients,
            OptimizerState state,
            int first,
            VectorPieces pieces) {
        this.history = history;
        this.parameters = parameters;
        this.gradients = gradients;
        this.state = state;
        this.first = first;
        this.pieces = pieces;
        this.factors = new double[history];
        this.left = gradients.matrices();
        this.right = gradients.matrices();
        this.added = gradients.matrices();
    }

    /** How many numbers it keeps in the state's array. */
    static int numbers(int history) {
        return RHO + history;
    }

    /** The parameters become {@code w + length p}. */
    void moveForth(double length) {
        factor = length;
        pieces.sum(forth);
    }

    /** The parameters become w again. */
    void moveBack() {
        pieces.sum(back);
    }

    /** How fast the loss rises along p, at the point whose gradients were found last. */
    double slope() {
        return product(gradients.matrices(), state.slot(DIRECTION));
    }

    /** Where the parameters are is the point to search from, and nothing is known of the way there. */
    void start() {
        forget();
        pieces.sum(takingOver);
    }

    /**
     * Where the parameters are is the point to search from, and the way there is remembered.
     *
     * @param prospect how far the loss would have fallen on the way, had its slope not changed; above 0
     */
    void step(double prospect) {
        int place = ((int) get(NEWEST) + 1) % history;
        left = s(place);
        right = y(place);
        double curvature = pieces.sum(pairing);
        boolean full = count() == history;
        if (curvature > LEAST_CURVATURE * prospect) {
            set(NEWEST, place);
            set(SQUARE, product(right, right));
            set(RHO + place, 1 / curvature);
            set(COUNT, full ? history : count() + 1);
        } else if (full) {
            set(COUNT, history - 1.0); // the oldest lay there
        }
    }

    /** Whether it knows of no step. */
    boolean isEmpty() {
        return count() == 0;
    }

    void forget() {
        set(COUNT, 0);
    }

    /** The length of g. */
    double pointNorm() {
        return norm(state.slot(GRADIENT));
    }

    /** The length of the gradients that were found last. */
    double norm() {
        return norm(gradients.matrices());
    }

    private double norm(List<FMatrixRMaj> vector) {
        return Math.sqrt(product(vector, vector));
    }

    /** The largest size of a number of g. */
    double largestGradient() {
        double largest = 0;
        for (FMatrixRMaj matrix : state.slot(GRADIENT)) {
            largest = Math.max(largest, Kernels.largest(matrix));
        }
        return largest;
    }

    /**
     * Makes p of g and the pairs.
     *
     * @return how fast the loss falls along it, a number below 0 if it does
     */
    double direct() {
        List<FMatrixRMaj> p = state.slot(DIRECTION);
        List<FMatrixRMaj> g = state.slot(GRADIENT);
        right = g;
        factor = -1;
        pieces.sum(scaling); // all that follows is linear: p takes the place of q, and is -q
        int count = count();
        double next = count == 0 ? 0 : product(s(place(0)), p);
        for (int age = 0; age < count; age++) {
            factors[age] = get(RHO + place(age)) * next;
            boolean last = age + 1 == count;
            next = addition(-factors[age], y(place(age)), last ? g : s(place(age + 1)));
        }
        if (count > 0) {
            right = p;
            factor = 1 / get(RHO + place(0)) / get(SQUARE);
            pieces.sum(scaling);
            next = product(y(place(count - 1)), p);
        }
        for (int age = count - 1; age >= 0; age--) {
            double difference = factors[age] - get(RHO + place(age)) * next;
            next = addition(difference, s(place(age)), age == 0 ? g : y(place(age - 1)));
        }
        return count == 0 ? product(g, p) : next;
    }

    /** Adds a vector to p, and multiplies p with another one. */
    private double addition(double share, List<FMatrixRMaj> vector, List<FMatrixRMaj> then) {
        factor = share;
        added = vector;
        left = then;
        right = state.slot(DIRECTION);
        return pieces.sum(addition);
    }

    private double product(List<FMatrixRMaj> x, List<FMatrixRMaj> y) {
        left = x;
        right = y;
        return pieces.sum(product);
    }

    private double moveForth(int matrix, int from, int to) {
        float[] w = parameters.matrices().get(matrix).data;
        float[] point = state.slot(POINT).get(matrix).data;
        float[] direction = state.slot(DIRECTION).get(matrix).data;
        for (int i = from; i < to; i++) {
            w[i] = (float) (point[i] + factor * direction[i]);
        }
        return 0;
    }

    private double moveBack(int matrix, int from, int to) {
        float[] w = parameters.matrices().get(matrix).data;
        System.arraycopy(state.slot(POINT).get(matrix).data, from, w, from, to - from);
        return 0;
    }

    private double takeOver(int matrix, int from, int to) {
        float[] w = parameters.matrices().get(matrix).data;
        float[] g = gradients.matrices().get(matrix).data;
        System.arraycopy(w, from, state.slot(POINT).get(matrix).data, from, to - from);
        System.arraycopy(g, from, state.slot(GRADIENT).get(matrix).data, from, to - from);
        return 0;
    }

    /** s and y, and their product. */
    private double pair(int matrix, int from, int to) {
        float[] s = left.get(matrix).data;
        float[] y = right.get(matrix).data;
        float[] w = parameters.matrices().get(matrix).data;
        float[] g = gradients.matrices().get(matrix).data;
        float[] point = state.slot(POINT).get(matrix).data;
        float[] slope = state.slot(GRADIENT).get(matrix).data;
        for (int i = from; i < to; i++) {
            s[i] = w[i] - point[i];
            y[i] = g[i] - slope[i];
        }
        takeOver(matrix, from, to);
        return Kernels.dot(s, y, from, to);
    }

    private double add(int matrix, int from, int to) {
        Kernels.add(right.get(matrix).data, factor, added.get(matrix).data, from, to);
        return multiply(matrix, from, to);
    }

    private double multiply(int matrix, int from, int to) {
        return Kernels.dot(left.get(matrix).data, right.get(matrix).data, from, to);
    }

    private double scale(int matrix, int from, int to) {
        float[] direction = state.slot(DIRECTION).get(matrix).data;
        float[] vector = right.get(matrix).data;
        for (int i = from; i < to; i++) {
            direction[i] = (float) (factor * vector[i]);
        }
        return 0;
    }

    /** Where a pair lies, 0 being the newest. */
    private int place(int age) {
        return Math.floorMod((int) get(NEWEST) - age, history);
    }

    private List<FMatrixRMaj> s(int place) {
        return state.slot(PAIRS + place);
    }

    private List<FMatrixRMaj> y(int place) {
        return state.slot(PAIRS + history + place);
    }

    private int count() {
        return (int) get(COUNT);
    }

    private double get(int place) {
        return state.numbers()[first + place];
    }

    private void set(int place, double value) {
        state.numbers()[first + place] = value;
    }
}
