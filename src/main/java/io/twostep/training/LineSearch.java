package io.twostep.training;

/**
 * Finds how far to go in a direction that leads downhill: a length t that fulfils the strong Wolfe conditions,
 *
 * <pre>
 * f(t) &lt;= f(0) + c1 t f'(0)      |f'(t)| &lt;= c2 |f'(0)|
 * </pre>
 *
 * by bracketing and cubic interpolation. It does not call f: it says which length to try, and is told what was found there.
 * Nocedal, Wright: Numerical Optimization, 2006, algorithms 3.5 and 3.6, with the safeguards of Moré and Thuente (1994):
 * each length within a bracket leaves at least a tenth of it on both sides.
 *
 * <p>All that it remembers stands in an array of its owner.
 */
final class LineSearch {

    /** What comes of a length. */
    enum Answer {
        /** The search is over: this length, the one last tried, is it. */
        ACCEPTED,
        /** Another {@link #length()} is to be tried. */
        AGAIN,
        /** The search is over, and no length makes f fall. */
        FAILED
    }

    /** Numbers of the array that are its own. */
    static final int NUMBERS = 11;

    /** As many as SciPy tries. */
    static final int MOST_TRIALS = 20;

    /** A change of f that is a smaller share of it does not show: the sum of many numbers of single precision. */
    private static final double RESOLUTION = 0x1.0p-27;

    private static final double MOST_GROWTH = 10;
    private static final double LEAST_GROWTH = 0.01;
    private static final double MARGIN = 0.1;

    // What the array holds.
    private static final int PHASE = 0;
    private static final int TRIALS = 1;
    private static final int LENGTH = 2;
    private static final int START_LOSS = 3;
    private static final int START_SLOPE = 4;
    /** The best end of the bracket, or the one last tried while there is none: length, f and f' there. */
    private static final int LOW = 5;
    /** The other end. */
    private static final int HIGH = 8;

    // Phases.
    private static final int OVER = 0;
    private static final int BRACKETING = 1;
    private static final int ZOOMING = 2;
    /** Back to the best length so far, since no better was found in time. */
    private static final int SETTLING = 3;

    private final double c1;
    private final double c2;
    private final double[] numbers;
    private final int first;

    /**
     * @param numbers where it remembers
     * @param first the first of its {@link #NUMBERS} there
     */
    LineSearch(double c1, double c2, double[] numbers, int first) {
        this.c1 = c1;
        this.c2 = c2;
        this.numbers = numbers;
        this.first = first;
    }

    /**
     * Begins a search.
     *
     * @param loss f(0), finite
     * @param slope f'(0), less than 0
     * @param length to try first
     */
    void begin(double loss, double slope, double length) {
        set(PHASE, BRACKETING);
        set(TRIALS, 0);
        set(LENGTH, length);
        set(START_LOSS, loss);
        set(START_SLOPE, slope);
        setPoint(LOW, 0, loss, slope);
    }

    /** Whether it waits to be told of {@link #length()}. */
    boolean isUnderWay() {
        return get(PHASE) != OVER;
    }

    /** The length to try next, or the one last tried. */
    double length() {
        return get(LENGTH);
    }

    /** The length of those tried at which f is lowest; 0 where it is higher at all of them. */
    double best() {
        return get(LOW);
    }

    /** f(0). */
    double startLoss() {
        return get(START_LOSS);
    }

    /** f'(0). */
    double startSlope() {
        return get(START_SLOPE);
    }

    /** How many lengths were tried. */
    int trials() {
        return (int) get(TRIALS);
    }

    /**
     * Takes in what was found at {@link #length()}.
     *
     * @param loss f there; not finite where it is beyond all bounds
     * @param slope f' there
     */
    Answer tell(double loss, double slope) {
        set(TRIALS, get(TRIALS) + 1);
        if (get(PHASE) == SETTLING || fulfils(loss, slope)) {
            return over(Answer.ACCEPTED);
        }
        boolean low = descends(loss, slope);
        if (get(PHASE) == BRACKETING) {
            bracket(low, loss, slope);
        } else {
            zoom(low, loss, slope);
        }
        return get(TRIALS) >= MOST_TRIALS || isLost() ? settle() : Answer.AGAIN;
    }

    private boolean fulfils(double loss, double slope) {
        return descends(loss, slope) && Math.abs(slope) <= c2 * -get(START_SLOPE);
    }

    /** Whether f falls enough, and below all that was seen before; never where it is no number. */
    private boolean descends(double loss, double slope) {
        return loss <= get(START_LOSS) + c1 * get(LENGTH) * get(START_SLOPE)
                && loss < get(LOW + 1)
                && Double.isFinite(slope);
    }

    private void bracket(boolean low, double loss, double slope) {
        if (!low) {
            setPoint(HIGH, length(), loss, slope);
            zoomIn();
        } else if (slope >= 0) {
            copyLowToHigh();
            setPoint(LOW, length(), loss, slope);
            zoomIn();
        } else {
            double next = beyond(loss, slope);
            setPoint(LOW, length(), loss, slope);
            set(LENGTH, next);
        }
    }

    private void zoom(boolean low, double loss, double slope) {
        if (low) {
            if (slope * (get(HIGH) - get(LOW)) >= 0) {
                copyLowToHigh();
            }
            setPoint(LOW, length(), loss, slope);
        } else {
            setPoint(HIGH, length(), loss, slope);
        }
        zoomIn();
    }

    private void zoomIn() {
        set(PHASE, ZOOMING);
        double from = Math.min(get(LOW), get(HIGH));
        double width = Math.abs(get(HIGH) - get(LOW));
        double bottom = bottom(get(LOW), get(LOW + 1), get(LOW + 2), get(HIGH), get(HIGH + 1), get(HIGH + 2));
        double length = Double.isFinite(bottom) ? bottom : from + width / 2;
        set(LENGTH, Math.max(from + MARGIN * width, Math.min(from + (1 - MARGIN) * width, length)));
    }

    /** A greater length, f still falling at this one. */
    private double beyond(double loss, double slope) {
        double t = length();
        double least = t + LEAST_GROWTH * (t - get(LOW));
        double most = t * MOST_GROWTH;
        double bottom = bottom(get(LOW), get(LOW + 1), get(LOW + 2), t, loss, slope);
        return Double.isFinite(bottom) ? Math.max(least, Math.min(most, bottom)) : (least + most) / 2;
    }

    /** Where the cubic through two points with these slopes has its minimum; not-a-number if it has none. */
    private static double bottom(double a, double lossA, double slopeA, double b, double lossB, double slopeB) {
        double d1 = slopeA + slopeB - 3 * (lossA - lossB) / (a - b);
        double d2 = Math.signum(b - a) * Math.sqrt(d1 * d1 - slopeA * slopeB);
        return b - (b - a) * (slopeB + d2 - d1) / (slopeB - slopeA + 2 * d2);
    }

    /** Whether nothing was better than where it began, and less than can be seen is in prospect. */
    private boolean isLost() {
        return get(LOW) == 0 && -get(START_SLOPE) * length() <= RESOLUTION * Math.abs(get(START_LOSS));
    }

    private Answer settle() {
        double best = get(LOW);
        if (best == 0) {
            return over(Answer.FAILED);
        }
        set(PHASE, SETTLING);
        set(LENGTH, best);
        return Answer.AGAIN;
    }

    private Answer over(Answer answer) {
        set(PHASE, OVER);
        return answer;
    }

    private void copyLowToHigh() {
        setPoint(HIGH, get(LOW), get(LOW + 1), get(LOW + 2));
    }

    private void setPoint(int place, double length, double loss, double slope) {
        set(place, length);
        set(place + 1, loss);
        set(place + 2, slope);
    }

    private double get(int place) {
        return numbers[first + place];
    }

    private void set(int place, double value) {
        numbers[first + place] = value;
    }
}
