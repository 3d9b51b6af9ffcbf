package io.twostep.training;

/** The step that {@link Adam} and {@link AdamW} share. */
sealed interface AdamStep extends FirstOrder permits Adam, AdamW {

    double beta1();

    double beta2();

    double epsilon();

    boolean amsgrad();

    /** Mean, mean square and, where it is asked for, the greatest mean square so far. */
    @Override
    default int slots() {
        return amsgrad() ? 3 : 2;
    }

    /** The corrections of both means are folded into alpha and epsilon: the same step with one division. */
    @Override
    default void begin(OptimizerState state, double learningRate) {
        double t = state.begin(learningRate);
        double correction1 = 1 - StrictMath.pow(beta1(), t);
        double correction2 = StrictMath.sqrt(1 - StrictMath.pow(beta2(), t));
        state.set((float) (learningRate * correction2 / correction1), FirstOrder.small(epsilon() * correction2));
    }

    @Override
    default void update(int matrix, float[] w, float[] gradient, OptimizerState state, int from, int to) {
        float[] mean = state.slot(0).get(matrix).data;
        float[] square = state.slot(1).get(matrix).data;
        float alpha = state.stepSize();
        float correctedEpsilon = state.epsilon();
        float keepMean = FirstOrder.kept(beta1());
        float keepSquare = FirstOrder.kept(beta2());
        float takeMean = (float) (1 - beta1());
        float takeSquare = (float) (1 - beta2());
        if (amsgrad()) {
            float[] greatest = state.slot(2).get(matrix).data;
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float m = keepMean * mean[i] + takeMean * g;
                float v = keepSquare * square[i] + takeSquare * g * g;
                float most = Math.max(greatest[i], v);
                mean[i] = m;
                square[i] = v;
                greatest[i] = most;
                w[i] -= alpha * m / ((float) Math.sqrt(most) + correctedEpsilon);
            }
        } else {
            for (int i = from; i < to; i++) {
                float g = gradient[i];
                float m = keepMean * mean[i] + takeMean * g;
                float v = keepSquare * square[i] + takeSquare * g * g;
                mean[i] = m;
                square[i] = v;
                w[i] -= alpha * m / ((float) Math.sqrt(v) + correctedEpsilon);
            }
        }
    }
}
