"""The minimum of a logistic regression, which is convex: two classes and three, with a price on large weights.

    pip install scikit-learn
    python logistic.py

writes logistic.json beside itself. LbfgsGoldenTest trains the same perceptron with lbfgs and compares. scikit-learn adds up
the losses of the rows and divides the price by C, so that l2 = 1 / (C rows).
"""

import json
import pathlib

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

ROWS, INPUTS, C = 200, 6, 2.0
random = np.random.default_rng(20)


def problem(name, classes):
    x = random.standard_normal((ROWS, INPUTS)) * np.array([1, 1, 2, 0.5, 1, 3])
    x = np.float32(np.round(x * 64) / 64)  # exact in single precision and short in JSON
    scores = x @ random.standard_normal((INPUTS, classes)) / 3 + random.gumbel(size=(ROWS, classes))
    y = scores.argmax(axis=1)
    model = LogisticRegression(C=C, tol=1e-10, max_iter=10_000).fit(x.astype(float), y)
    return {
        "name": name,
        "x": x.tolist(),
        "y": y.tolist(),
        "classes": classes,
        "l2": 1 / (C * ROWS),
        "loss": log_loss(y, model.predict_proba(x.astype(float))),
        "probabilities": model.predict_proba(x.astype(float)).round(9).tolist(),
        "iterations": int(model.n_iter_[0]),
    }


golden = {
    "made_with": f"scikit-learn {sklearn.__version__}",
    "problems": [problem("two classes", 2), problem("three classes", 3)],
}
pathlib.Path(__file__).with_name("logistic.json").write_text(json.dumps(golden) + "\n")
