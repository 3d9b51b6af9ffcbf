"""What scikit-learn says of random predictions: metrics of sets of rows, ties and absent classes among them.

    pip install scikit-learn
    python metrics.py

writes metrics.json beside itself. SklearnGoldenTest judges the same rows and compares. Probabilities are written in parts
of 1024 and numbers in parts of 16, which single precision holds exactly. Where scikit-learn has no figure, neither has
the file. Classes are 0, 1, 2, ...; there may be more of them than `actual` or the predictions mention.
"""

import json
import pathlib
import warnings

import numpy as np
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

PARTS, SIXTEENTHS = 1024, 16
random = np.random.default_rng(20)


def probabilities(rows, classes, steps, sharpness=2.0):
    """Random probabilities in multiples of 1 / steps, so that ties are frequent if these are few."""
    raw = np.exp(sharpness * random.standard_normal((rows, classes)))
    wholes = np.floor(raw / raw.sum(axis=1, keepdims=True) * (steps - classes)).astype(int) + 1
    wholes[:, 0] += steps - wholes.sum(axis=1)
    return wholes * (PARTS // steps)


def labels_of(p, noise):
    """Labels that follow the probabilities more or less."""
    drawn = np.array([random.choice(p.shape[1], p=row / PARTS) for row in p])
    other = random.integers(0, p.shape[1], len(p))
    return np.where(random.random(len(p)) < noise, other, drawn)


def guarded(figure):
    """None where scikit-learn warns that the figure is undefined, or raises."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            value = float(figure())
            return value if np.isfinite(value) else None
        except (ValueError, Warning):
            return None


def mean_or_none(values):
    return None if None in values else float(np.mean(values))


def classification(name, p, actual):
    p, actual = np.asarray(p), np.asarray(actual)
    classes = p.shape[1]
    proba = p / PARTS
    predicted = proba.argmax(axis=1)
    every = list(range(classes))
    per_class = sk.precision_recall_fscore_support(actual, predicted, labels=every, zero_division=0)
    macro = sk.precision_recall_fscore_support(actual, predicted, average="macro", zero_division=0)
    ranked = [1] if classes == 2 else every
    auc = [guarded(lambda: sk.roc_auc_score(actual == k, proba[:, k])) for k in ranked]
    ap = [guarded(lambda: sk.average_precision_score(actual == k, proba[:, k])) for k in ranked]
    ap = [None if a is None else value for a, value in zip(auc, ap)]
    curves = []
    for k, area in zip(ranked, auc):
        if area is not None:
            fpr, tpr, thresholds = sk.roc_curve(actual == k, proba[:, k], drop_intermediate=False)
            precision, recall, above = sk.precision_recall_curve(actual == k, proba[:, k])
            curves.append({
                "class": k,
                "fpr": fpr.tolist(),
                "tpr": tpr.tolist(),
                "roc_thresholds": thresholds[1:].tolist(),
                "recall": recall[-2::-1].tolist(),
                "precision": precision[-2::-1].tolist(),
                "pr_thresholds": above[::-1].tolist(),
            })
    probability, hit = (proba[:, 1], actual == 1) if classes == 2 else (proba.max(axis=1), predicted == actual)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        share, mean = calibration_curve(hit, probability, n_bins=10) if len(set(hit)) == 2 else (None, None)
        balanced = sk.balanced_accuracy_score(actual, predicted)
    if classes == 2:
        brier = sk.brier_score_loss(actual, proba[:, 1], labels=every)
    else:
        brier = sk.brier_score_loss(actual, proba, labels=every)
    return {
        "name": name,
        "classes": classes,
        "probabilities": p.tolist(),
        "actual": actual.tolist(),
        "accuracy": sk.accuracy_score(actual, predicted),
        "balanced_accuracy": balanced,
        "macro_precision": macro[0],
        "macro_recall": macro[1],
        "macro_f1": macro[2],
        "log_loss": sk.log_loss(actual, proba, labels=every),
        "brier": brier,
        "roc_auc": mean_or_none(auc),
        "average_precision": mean_or_none(ap),
        "precision": per_class[0].tolist(),
        "recall": per_class[1].tolist(),
        "f1": per_class[2].tolist(),
        "support": per_class[3].tolist(),
        "confusion": sk.confusion_matrix(actual, predicted, labels=every).tolist(),
        "calibration_share": None if share is None else share.tolist(),
        "calibration_mean": None if mean is None else mean.tolist(),
        "curves": curves if len(actual) <= 60 else [],
    }


def regression(name, predicted, actual):
    p, y = np.asarray(predicted) / SIXTEENTHS, np.asarray(actual) / SIXTEENTHS
    some = y != 0
    return {
        "name": name,
        "predicted": np.asarray(predicted).tolist(),
        "actual": np.asarray(actual).tolist(),
        # 1 or 0 by convention where the target is constant, which explains nothing
        "r2": None if np.ptp(y) == 0 else sk.r2_score(y, p),
        "rmse": sk.root_mean_squared_error(y, p),
        "mae": sk.mean_absolute_error(y, p),
        # over the rows whose target is not 0: scikit-learn divides the others by 2.2e-16
        "mape": sk.mean_absolute_percentage_error(y[some], p[some]) if some.any() else None,
        "zeros": int((~some).sum()),
    }


def multi_output_regression(name, predicted, actual):
    p, y = np.asarray(predicted) / SIXTEENTHS, np.asarray(actual) / SIXTEENTHS
    each = [regression("", *columns) for columns in zip(np.transpose(predicted), np.transpose(actual))]
    varies, some = (np.ptp(y, axis=0) > 0).all(), (y != 0).all()
    targets = [{figure: target[figure] for figure in ("r2", "rmse", "mae", "mape")} for target in each]
    for k, target in enumerate(targets):
        target["mse"] = sk.mean_squared_error(y[:, k], p[:, k])
    return {
        "name": name,
        "predicted": np.asarray(predicted).tolist(),
        "actual": np.asarray(actual).tolist(),
        "targets": targets,
        "r2": sk.r2_score(y, p, multioutput="uniform_average") if varies else None,
        "rmse": sk.root_mean_squared_error(y, p, multioutput="uniform_average"),
        "mae": sk.mean_absolute_error(y, p, multioutput="uniform_average"),
        "mape": sk.mean_absolute_percentage_error(y, p, multioutput="uniform_average")
        if some
        else mean_or_none([target["mape"] for target in each]),
    }


def multi_label(name, p, actual):
    proba, actual = np.asarray(p) / PARTS, np.asarray(actual)
    predicted = (proba > 0.5).astype(int)
    each = [classification("", two(column), y) for column, y in zip(np.transpose(p), actual.T)]
    return {
        "name": name,
        "probabilities": np.asarray(p).tolist(),
        "actual": actual.tolist(),
        "subset_accuracy": sk.accuracy_score(actual, predicted),
        "hamming_loss": sk.hamming_loss(actual, predicted),
        "macro_f1": sk.f1_score(actual, predicted, average="macro", zero_division=0),
        "micro_f1": sk.f1_score(actual, predicted, average="micro", zero_division=0),
        "roc_auc": mean_or_none([target["roc_auc"] for target in each]),
        "average_precision": mean_or_none([target["average_precision"] for target in each]),
        "targets": [
            {figure: target[figure] for figure in ("accuracy", "roc_auc", "average_precision", "log_loss")} for target in each
        ],
    }


def two(second):
    second = np.asarray(second)
    return np.stack([PARTS - second, second], axis=1)


def main():
    fine, coarse = probabilities(200, 2, 1024), probabilities(150, 2, 8)
    wrong = probabilities(60, 2, 64)
    three, ties, five = probabilities(160, 3, 512), probabilities(60, 3, 8), probabilities(120, 5, 256)
    absent, only, ten = probabilities(80, 4, 128), probabilities(40, 3, 64), probabilities(200, 10, 1024)
    unsaid = probabilities(60, 4, 64)
    unsaid[:, 3], unsaid[:, 0] = 1, unsaid[:, 0] + unsaid[:, 3] - 1
    alternate = np.arange(50) % 2
    sets = [
        classification("two classes", fine, labels_of(fine, 0.2)),
        classification("two classes with many ties", coarse, labels_of(coarse, 0.3)),
        classification("two classes and answers worse than chance", wrong, 1 - labels_of(wrong, 0.1)),
        classification("two classes of which one is rare", fine, (random.random(200) < 0.03).astype(int)),
        classification("two classes, a constant answer", two(np.full(50, 256)), alternate),
        classification("two classes, the answer undecided", two(np.full(50, 512)), alternate),
        classification("two classes, perfect answers", two(alternate * 1024), alternate),
        classification("two classes, only the first is there", coarse, np.zeros(150, int)),
        classification("two classes, only the second is there", coarse, np.ones(150, int)),
        classification("three classes", three, labels_of(three, 0.2)),
        classification("three classes with many ties", ties, labels_of(ties, 0.3)),
        classification("three classes, a constant answer", np.tile([512, 256, 256], (30, 1)), np.arange(30) % 3),
        classification("three classes, perfect answers", np.eye(3, dtype=int)[np.arange(30) % 3] * 1024, np.arange(30) % 3),
        classification("three classes, only one is there", only, np.full(40, 1)),
        classification("four classes of which one is absent", absent, labels_of(absent, 0.2) % 3),
        classification("four classes of which one is never said", unsaid, labels_of(unsaid, 0.5)),
        classification("five classes", five, labels_of(five, 0.1)),
        classification("ten classes", ten, labels_of(ten, 0.1)),
        classification("two classes, two rows", two([100, 900]), [0, 1]),
        classification("three classes, one row", [[100, 800, 124]], [2]),
    ]
    y = random.integers(-400, 400, 120)
    noise = random.integers(-60, 60, 120)
    numbers = [
        regression("numbers", y + noise, y),
        regression("numbers far from 0", y + noise + 160000, y + 160000),
        regression("zeros among the numbers", y // 40 * 16 + noise, y // 40 * 16),
        regression("nothing but zeros", noise, np.zeros(120, int)),
        regression("a constant number", noise + 80, np.full(120, 80)),
        regression("perfect answers", y, y),
        regression("a constant answer", np.full(120, 48), y),
        regression("answers worse than the mean", -y, y),
    ]
    three_numbers = random.integers(1, 400, (90, 3)) * [1, 16, 64]
    error = random.integers(-90, 90, (90, 3)) * [1, 4, 16]
    several = [
        multi_output_regression("three numbers of different sizes", three_numbers + error, three_numbers),
        multi_output_regression("two numbers, zeros among one", error[:, :2], error[:, 1:] // 256 * 16 + [0, 16000]),
        multi_output_regression("two numbers of which one does not vary", error[:, :2], np.stack([y[:90], np.full(90, 32)], axis=1)),
        multi_output_regression("two numbers, one of which is always 0", error[:, :2], np.stack([np.zeros(90, int), y[:90]], axis=1)),
    ]
    chances = random.integers(1, PARTS, (120, 4))
    drawn = (random.integers(1, PARTS, (120, 4)) < chances).astype(int)
    undecided = random.integers(1, 8, (60, 3)) * (PARTS // 8)
    half = random.integers(0, 2, (60, 3))
    labels = [
        multi_label("four labels", chances, drawn),
        multi_label("three labels with many ties", undecided, half),
        multi_label("two labels, one of which no row has", chances[:, :2], drawn[:, :2] * [1, 0]),
        multi_label("two labels, one of which is neither had nor said", chances[:, :2] // [1, 2], drawn[:, :2] * [1, 0]),
        multi_label("two labels, both wrong in all rows", 1 + (1 - half[:, :2]) * 1022, half[:, :2]),
        multi_label("two labels, all right", 1 + half[:, :2] * 1022, half[:, :2]),
        multi_label("two labels that no row has and none is said to have", undecided[:, :2] // 2, half[:, :2] * 0),
    ]
    file = pathlib.Path(__file__).with_name("metrics.json")
    lines = [",\n  ".join(json.dumps(case, separators=(",", ":")) for case in group) for group in (sets, numbers, several, labels)]
    file.write_text('{"classification":[\n  %s],\n"regression":[\n  %s],\n"multi_output_regression":[\n  %s],\n"multi_label":[\n  %s]}\n' % tuple(lines))


if __name__ == "__main__":
    main()
