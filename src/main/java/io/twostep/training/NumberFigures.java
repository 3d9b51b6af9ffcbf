package io.twostep.training;

import org.jspecify.annotations.Nullable;

/** What tells how good predicted numbers are. */
interface NumberFigures {

    @Nullable
    Double r2();

    double rmse();

    double mae();

    @Nullable
    Double mape();
}
